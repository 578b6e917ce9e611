package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.acm.CertificateStatus;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import io.minicloud.controller.resolver.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a reconciler must watch that looks at an {@link Estate}. Of the health of targets wakes only whether a zone has one that is healthy. */
public final class EstateSources {
    private EstateSources() {}

    /**
     * Sources of the five kinds.
     *
     * @param context of the reconciler
     * @param concerned whom a change of one of these objects concerns
     */
    public static <P extends HasMetadata> List<EventSource<?, P>> of(
            EventSourceContext<P> context, Function<HasMetadata, Set<ResourceID>> concerned) {
        var watch = new Watch<>(context);
        return List.of(
                watch.accepted(LoadBalancer.class, concerned::apply, EstateSources::place),
                watch.accepted(Listener.class, concerned::apply, LastAccepted::of),
                watch.accepted(ListenerRule.class, concerned::apply),
                watch.accepted(TargetGroup.class, concerned::apply, EstateSources::places),
                watch.accepted(Certificate.class, concerned::apply, EstateSources::content));
    }

    /** What of a certificate's status changes with what the nodes are to be given. */
    private static List<Optional<String>> content(Certificate certificate) {
        var status = Optional.ofNullable(certificate.getStatus());
        return List.of(status.map(CertificateStatus::certificateSecretName), status.map(CertificateStatus::serial));
    }

    private static List<Object> place(LoadBalancer balancer) {
        var status = balancer.getStatus();
        return status == null
                ? List.of()
                : Arrays.asList(
                        status.vpcId(),
                        status.loadBalancerArn(),
                        ProxyPlanner.zones(balancer).toList());
    }

    private static List<Object> places(TargetGroup group) {
        var status = group.getStatus();
        return status == null
                ? List.of()
                : Arrays.asList(
                        status.vpcId(),
                        Stream.ofNullable(status.targetHealth())
                                .flatMap(List::stream)
                                .map(EstateSources::place)
                                .toList(),
                        ZoneHealth.healthyZones(group));
    }

    private static List<Object> place(TargetHealth target) {
        return Arrays.asList(target.target(), target.address(), ProxyTargets.isDraining(target));
    }
}
