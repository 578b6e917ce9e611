package io.minicloud.controller.elbv2.loadbalancer;

import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.Labels;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.ProxyAccessLog;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.certificate.SecretTexts;
import io.minicloud.controller.hostsecret.HostSecrets;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The access logs of a load balancer's nodes: where they go, and a key of its own for each node in a Secret on its host, made once.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html">Enable access logs</a>
 */
final class NodeLogs {
    private static final String KEY_ID = "accessKeyId";
    private static final String KEY_SECRET = "secretAccessKey";

    /** Filled in when the node has an address. */
    private static final String NO_ADDRESS = "0.0.0.0";

    private static final int REGION = 3;
    private static final int ACCOUNT = 4;

    private final LoadBalancer balancer;
    private final SecretMemory memory;
    private final Context<LoadBalancer> context;
    private final PlanExecutor executor;
    private final LogKeys keys;

    NodeLogs(
            LoadBalancer balancer,
            SecretMemory memory,
            Context<LoadBalancer> context,
            PlanExecutor executor,
            LogKeys keys) {
        this.balancer = balancer;
        this.memory = memory;
        this.context = context;
        this.executor = executor;
        this.keys = keys;
    }

    /** Where a node logs to; empty: nowhere, or the load balancer has no name yet. Its key is there then. */
    Optional<ProxyAccessLog> bring(NodePlace node, List<ProxyAccessLog.Listener> listeners) {
        var status = balancer.getStatus();
        var wanted = LogWish.of(balancer, context);
        if (wanted.isEmpty() || status == null || status.loadBalancerArn() == null) {
            isSeen(node, Map.of());
            return Optional.empty();
        }
        var arn = status.loadBalancerArn().split(":");
        var log = new ProxyAccessLog(
                wanted.get().bucket(),
                wanted.get().prefix(),
                arn[ACCOUNT],
                arn[REGION],
                keys.endpoint(),
                HostSecrets.name(consumer(node), wanted.get().toString()),
                NO_ADDRESS,
                listeners.isEmpty() || !LoadBalancers.isNetwork(balancer) ? null : listeners);
        var key = Map.of(log.secretName(), wanted.get().toString());
        if (isSeen(node, key)) {
            return Optional.of(log);
        }
        memory.forget(key(node));
        if (!ensure(node, log)) {
            return Optional.empty();
        }
        memory.brought(key(node), key, key);
        return Optional.of(log);
    }

    /** Whether a node was seen to have this key; that it needs none is to be seen, too. */
    private boolean isSeen(NodePlace node, Map<String, String> wanted) {
        if (memory.brought(key(node), wanted).isPresent()) {
            return true;
        }
        if (wanted.isEmpty()) {
            memory.brought(key(node), wanted, wanted);
        }
        return false;
    }

    /** The next pass looks whether its key is there. */
    void forget(NodePlace node) {
        memory.forget(key(node));
    }

    /** Takes the keys away that a node no longer uses. */
    void clear(NodePlace node, ProxySpec proxy) {
        var log = proxy.accessLog();
        clear(node, log == null ? Set.of() : Set.of(log.secretName()));
    }

    /** Takes away all that a node had. */
    void clear(NodePlace node) {
        forget(node);
        clear(node, Set.of());
    }

    private boolean ensure(NodePlace node, ProxyAccessLog log) {
        var found = context.getClient()
                .secrets()
                .inNamespace(namespace(node))
                .withName(log.secretName())
                .get();
        if (found != null) {
            return balancer.getMetadata()
                    .getUid()
                    .equals(found.getMetadata().getLabels().get(Labels.OWNER_UID));
        }
        var use = balancer.getMetadata().getUid() + "/" + log.secretName();
        var folder = (log.prefix() == null ? "" : log.prefix() + "/") + "AWSLogs/" + log.account() + "/";
        var key = keys.make(use, log.bucket(), folder);
        var secret = HostSecrets.secret(
                balancer, namespace(node), log.secretName(), Map.of(KEY_ID, key.id(), KEY_SECRET, key.secret()));
        var secrets = new HostSecrets(context.getClient(), balancer, namespace(node));
        return switch (secrets.ensure(secret, LoadBalancerReason.NameTaken)) {
            case Resolution.Resolved<Plan>(var plan) -> {
                execute(plan);
                yield true;
            }
            default -> false;
        };
    }

    /** First the key, which its Secret alone tells of. */
    private void clear(NodePlace node, Set<String> needed) {
        if (node.host() == null || memory.isClear(key(node), needed)) {
            return;
        }
        var superfluous = context
                .getClient()
                .secrets()
                .inNamespace(namespace(node))
                .withLabel(Labels.OWNER_UID, balancer.getMetadata().getUid())
                .list()
                .getItems()
                .stream()
                .filter(secret -> secret.getMetadata().getName().startsWith(consumer(node) + "-"))
                .filter(secret -> !needed.contains(secret.getMetadata().getName()))
                .<Action>map(secret -> new Revoke(keys, context, secret))
                .toList();
        execute(new Plan(superfluous));
        memory.cleared(key(node), needed);
    }

    private void execute(Plan plan) {
        executor.execute("LoadBalancer " + Indexes.key(balancer), plan);
    }

    private String key(NodePlace node) {
        return SecretMemory.key("logs", balancer, node);
    }

    /** Not that of the certificates: who clears those leaves these. */
    private String consumer(NodePlace node) {
        return "log-" + NodePlanner.name(balancer, node.subnetId());
    }

    private static String namespace(NodePlace node) {
        return References.hostNamespace(Objects.requireNonNull(node.host()));
    }

    private record Revoke(LogKeys keys, Context<LoadBalancer> context, Secret secret) implements Action {
        @Override
        public String describe() {
            return "revoke the key in Secret " + secret.getMetadata().getNamespace() + "/"
                    + secret.getMetadata().getName();
        }

        @Override
        public void apply() {
            Optional.ofNullable(SecretTexts.of(secret).get(KEY_ID)).ifPresent(keys::revoke);
            context.getClient().resource(secret).delete();
        }
    }
}
