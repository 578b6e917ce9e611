package io.minicloud.controller.elbv2.loadbalancer;

import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.certificate.CertificateCopies;
import io.minicloud.controller.hostsecret.HostSecrets;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The certificates of a load balancer on their way to its nodes: each node has Secrets of its own on its host. */
final class NodeCertificates {
    private final LoadBalancer balancer;
    private final SecretMemory memory;
    private final Context<LoadBalancer> context;
    private final PlanExecutor executor;
    private final Map<String, Optional<Secret>> sources = new HashMap<>();

    NodeCertificates(LoadBalancer balancer, SecretMemory memory, Context<LoadBalancer> context, PlanExecutor executor) {
        this.balancer = balancer;
        this.memory = memory;
        this.context = context;
        this.executor = executor;
    }

    /** Brings those that are issued to the host of a node: the names of the Secrets there by those of the certificates. */
    Map<String, String> bring(NodePlace node, List<String> certificates) {
        var found = certificates.stream()
                .flatMap(name ->
                        Cached.of(context, Certificate.class)
                                .find(balancer.getMetadata().getNamespace(), name)
                                .stream())
                .toList();
        var contents =
                found.stream().collect(Collectors.toMap(one -> one.getMetadata().getName(), NodeCertificates::content));
        return memory.brought(key(node), contents).orElseGet(() -> bring(node, found, contents));
    }

    private Map<String, String> bring(NodePlace node, List<Certificate> certificates, Map<String, String> contents) {
        memory.forget(key(node));
        var brought = new TreeMap<String, String>();
        for (var certificate : certificates) {
            bring(node, certificate)
                    .ifPresent(secret -> brought.put(certificate.getMetadata().getName(), secret));
        }
        if (brought.size() == certificates.size()) {
            memory.brought(key(node), contents, brought);
        }
        return brought;
    }

    /** The next pass looks whether all is there. */
    void forget(NodePlace node) {
        memory.forget(key(node));
    }

    /** Takes those away that a node no longer uses. */
    void clear(NodePlace node, ProxySpec proxy) {
        clear(
                node,
                proxy.listeners().stream()
                        .map(ProxyListener::tls)
                        .filter(Objects::nonNull)
                        .flatMap(tls -> tls.secretNames().stream())
                        .collect(Collectors.toSet()));
    }

    /** Takes away all that a node had. */
    void clear(NodePlace node) {
        memory.forget(key(node));
        clear(node, Set.of());
    }

    private void clear(NodePlace node, Set<String> needed) {
        if (node.host() != null && !memory.isClear(key(node), needed)) {
            execute(secrets(node).removal(consumer(node), needed));
            memory.cleared(key(node), needed);
        }
    }

    /** What a certificate is: another one has another serial number. */
    private static String content(Certificate certificate) {
        var status = certificate.getStatus();
        return certificate.getMetadata().getUid() + " "
                + (status == null ? "" : status.certificateSecretName() + " " + status.serial());
    }

    private String key(NodePlace node) {
        return SecretMemory.key("certificates", balancer, node);
    }

    private Optional<String> bring(NodePlace node, Certificate certificate) {
        var source = sources.computeIfAbsent(
                certificate.getMetadata().getName(),
                name -> CertificateCopies.source(context.getClient(), certificate));
        var copied = CertificateCopies.copy(balancer, consumer(node), namespace(node), certificate, source)
                .then(copy -> secrets(node)
                        .ensure(copy, LoadBalancerReason.NameTaken)
                        .then(plan -> {
                            execute(plan);
                            return new Resolution.Resolved<>(copy.getMetadata().getName());
                        }));
        return copied instanceof Resolution.Resolved<String>(var name) ? Optional.of(name) : Optional.empty();
    }

    private void execute(Plan plan) {
        executor.execute("LoadBalancer " + Indexes.key(balancer), plan);
    }

    private HostSecrets secrets(NodePlace node) {
        return new HostSecrets(context.getClient(), balancer, namespace(node));
    }

    private String consumer(NodePlace node) {
        return NodePlanner.name(balancer, node.subnetId());
    }

    private static String namespace(NodePlace node) {
        return References.hostNamespace(Objects.requireNonNull(node.host()));
    }
}
