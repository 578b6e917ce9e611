package io.minicloud.agent.hostappliance;

import io.fabric8.kubernetes.api.model.Secret;
import io.minicloud.agent.accesslog.AccessLogs;
import io.minicloud.agent.accesslog.LogNames;
import io.minicloud.agent.accesslog.LogTarget;
import io.minicloud.agent.container.Containers;
import io.minicloud.agent.network.Appliance;
import io.minicloud.agent.proxy.FigureWatch;
import io.minicloud.agent.proxy.Proxies;
import io.minicloud.agent.proxy.ProxyFiles;
import io.minicloud.agent.proxy.ProxyFinding;
import io.minicloud.agent.proxy.ProxyRefusedException;
import io.minicloud.agent.proxy.ProxyWatch;
import io.minicloud.agent.proxy.ProxyWish;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.ProxyAccessLog;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.ActionFailedException;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of an appliance that takes connections and hands them on. */
public final class ApplianceProxy {
    private static final String IMAGE = "haproxy";
    private static final String CHAIN = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String KEY_ID = "accessKeyId";
    private static final String KEY_SECRET = "secretAccessKey";
    private static final Duration SOON = Duration.ofMillis(300);

    /** Nobody tells when connections of before have ended. */
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    /** Nobody tells of an image that comes. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Containers containers;
    private final Proxies proxies;
    private final ProxyWatch watch;
    private final FigureWatch figures;
    private final AccessLogs logs;

    /**
     * What proxies are made with.
     *
     * @param containers in which they run
     * @param proxies what makes them
     * @param watch tells of their targets
     * @param figures gathers their figures
     * @param logs takes what they tell of requests
     */
    public ApplianceProxy(
            Containers containers, Proxies proxies, ProxyWatch watch, FigureWatch figures, AccessLogs logs) {
        this.containers = containers;
        this.proxies = proxies;
        this.watch = watch;
        this.figures = figures;
        this.logs = logs;
    }

    /**
     * How a pass went.
     *
     * @param reason {@code Programmed} when it serves as it is wanted
     * @param message what is in the way
     * @param status of the targets; null when nothing was ever known
     * @param again after which another pass may tell more without an event; null for never
     */
    record Outcome(
            HostApplianceReason reason,
            String message,
            @Nullable ProxyStatus status,
            @Nullable Duration again) {}

    /** Calls a listener with the id of an appliance whose proxy changed. */
    void onChange(Consumer<String> listener) {
        watch.onChange(listener);
    }

    /**
     * Makes it so; the ports are there.
     *
     * @param secrets those of this host's namespace that it names, as far as they are there
     * @throws IllegalArgumentException when a text cannot be what it is to be
     */
    Outcome converge(HostAppliance appliance, Appliance made, Collection<Secret> secrets, PlanExecutor executor) {
        return switch (wish(appliance, made, secrets)) {
            case Resolution.Resolved<ProxyWish>(var wish) -> {
                var outcome = converge(appliance, wish, executor);
                log(wish, secrets, outcome);
                yield outcome;
            }
            case Resolution.Waiting<ProxyWish>(var reason, var message) ->
                new Outcome((HostApplianceReason) reason, message, before(appliance), LATER);
            case Resolution.Invalid<ProxyWish>(var reason, var message) -> throw new IllegalArgumentException(message);
        };
    }

    /** The steps that leave nothing of it; empty when there is nothing. */
    Plan removal(String id, OwnerTag owner) {
        watch.forget(id);
        figures.forget(id);
        logs.forget(id);
        return proxies.removal(id, owner);
    }

    /** The Secrets that a proxy names. */
    static Stream<String> secretNames(ProxySpec spec) {
        return Stream.concat(
                ProxyFiles.secretNames(spec).stream(),
                Stream.ofNullable(spec.accessLog()).map(ProxyAccessLog::secretName));
    }

    /** A log that has no key yet waits; its proxy does not. One that is no longer wanted ends when nobody tells any more. */
    private void log(ProxyWish wish, Collection<Secret> secrets, Outcome outcome) {
        var wanted = wish.spec().accessLog();
        if (wanted == null || wish.spec().name() == null) {
            if (outcome.reason() == HostApplianceReason.Programmed) {
                logs.forget(wish.id());
            }
            return;
        }
        secret(wanted.secretName(), secrets)
                .filter(data -> data.containsKey(KEY_ID) && data.containsKey(KEY_SECRET))
                .ifPresent(data -> logs.keep(
                        wish.id(),
                        LogTarget.of(wish.spec(), text(data.get(KEY_ID)), text(data.get(KEY_SECRET))),
                        LogNames.of(wish.spec())));
    }

    private Outcome converge(HostAppliance appliance, ProxyWish wish, PlanExecutor executor) {
        watch.keep(wish.id());
        figures.keep(wish.id(), wish.spec(), wish.before());
        try {
            executor.execute("proxy of " + wish.id(), proxies.plan(wish));
        } catch (ActionFailedException e) {
            if (e.getCause() instanceof ProxyRefusedException refused) {
                return new Outcome(
                        HostApplianceReason.ConfigurationRefused,
                        "HAProxy refuses the configuration, and the one before goes on: " + refused.getMessage(),
                        proxies.find(wish).status(),
                        null);
            }
            throw e;
        }
        return outcome(proxies.find(wish));
    }

    private static Outcome outcome(ProxyFinding found) {
        return switch (found.state()) {
            case InForce -> new Outcome(HostApplianceReason.Programmed, "", found.status(), null);
            case Starting -> new Outcome(HostApplianceReason.Starting, found.message(), found.status(), SOON);
            case Changing -> new Outcome(HostApplianceReason.Changing, found.message(), found.status(), SHORTLY);
            case Failing -> new Outcome(HostApplianceReason.ProxyFailed, found.message(), found.status(), LATER);
        };
    }

    private Resolution<ProxyWish> wish(HostAppliance appliance, Appliance made, Collection<Secret> secrets) {
        var obstacle = containers.obstacle();
        if (obstacle.isPresent()) {
            return new Resolution.Waiting<>(HostApplianceReason.AwaitingContainerRuntime, obstacle.get());
        }
        var image = containers.image(IMAGE);
        if (image.isEmpty()) {
            return new Resolution.Waiting<>(
                    HostApplianceReason.AwaitingImage, "this host was not given the container image " + IMAGE);
        }
        var spec = appliance.getSpec().proxy();
        var certificates = new HashMap<String, String>();
        for (var name : ProxyFiles.secretNames(spec)) {
            var certificate = certificate(name, secrets);
            if (certificate.isEmpty()) {
                return new Resolution.Waiting<>(
                        HostApplianceReason.AwaitingSecret, "no Secret " + name + " with tls.crt and tls.key is there");
            }
            certificates.put(name, certificate.get());
        }
        return new Resolution.Resolved<>(new ProxyWish(
                made.id(),
                made.owner(),
                made.namespace(),
                image.get(),
                spec,
                ProxyFiles.of(spec, certificates),
                before(appliance)));
    }

    /** The chain and its key in one. */
    private static Optional<String> certificate(String name, Collection<Secret> secrets) {
        return secret(name, secrets)
                .filter(data -> data.containsKey(CHAIN) && data.containsKey(KEY))
                .map(data -> text(data.get(CHAIN)) + "\n" + text(data.get(KEY)));
    }

    private static Optional<Map<String, String>> secret(String name, Collection<Secret> secrets) {
        return secrets.stream()
                .filter(secret -> secret.getMetadata().getName().equals(name))
                .flatMap(secret -> Stream.ofNullable(secret.getData()))
                .findFirst();
    }

    private static String text(String encoded) {
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static @Nullable ProxyStatus before(HostAppliance appliance) {
        return appliance.getStatus() == null ? null : appliance.getStatus().proxy();
    }
}
