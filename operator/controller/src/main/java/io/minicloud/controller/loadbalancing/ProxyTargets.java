package io.minicloud.controller.loadbalancing;

import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupSpec;
import io.minicloud.api.elbv2.TargetGroupStatus;
import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Target groups in the words of the host API, with what AWS does where the spec says nothing. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html">CreateTargetGroup</a>
 */
public final class ProxyTargets {
    /** The state of a target that is taken out and ends what it has begun. */
    public static final String DRAINING = "draining";

    private static final String TRAFFIC_PORT = "traffic-port";
    private static final String OWN_COOKIE = "AWSALB";
    private static final int STICKY_SECONDS = 86_400;
    private static final int HTTP_TIMEOUT = 5;
    private static final int NETWORK_HTTP_TIMEOUT = 6;
    private static final int NETWORK_TIMEOUT = 10;
    private static final TargetGroupSpec.HealthCheck AS_AWS =
            new TargetGroupSpec.HealthCheck(null, TRAFFIC_PORT, null, 30, null, 5, 2, null);

    private static final Set<String> OF_REQUESTS = Set.of("HTTP", "HTTPS");
    private static final Set<String> OF_CONNECTIONS = Set.of("TCP", "TLS");
    private static final Map<String, String> ALGORITHMS = Map.of(
            "round_robin", "RoundRobin",
            "least_outstanding_requests", "LeastOutstandingRequests",
            "weighted_random", "Random");
    private static final Map<String, String> STICKINESS =
            Map.of("lb_cookie", "ProxyCookie", "app_cookie", "ApplicationCookie", "source_ip", "SourceIp");

    private ProxyTargets() {}

    /** The name by which proxies know a target group. */
    public static String id(TargetGroup group) {
        return AwsId.of("tg", group.getMetadata().getUid());
    }

    /**
     * A target group as a node has it.
     *
     * @param group the target group, whose status has the addresses of its targets
     * @param zones those whose targets the node hands on to
     */
    static ProxyTargetGroup compile(TargetGroup group, Set<String> zones) {
        var known = Stream.ofNullable(group.getStatus())
                .map(TargetGroupStatus::targetHealth)
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .toList();
        return compile(group, known, zones);
    }

    /** The same with these targets. */
    public static ProxyTargetGroup compile(TargetGroup group, List<TargetHealth> targets, Set<String> zones) {
        var spec = group.getSpec();
        return new ProxyTargetGroup(
                id(group),
                spec.protocol(),
                ALGORITHMS.get(spec.loadBalancingAlgorithmType()),
                stickiness(spec.stickiness()),
                spec.slowStartSeconds() == 0 ? null : spec.slowStartSeconds(),
                check(spec),
                targets(targets, zones),
                LoadBalancingArns.figureName(group),
                Boolean.TRUE.equals(spec.proxyProtocolV2()) ? Boolean.TRUE : null,
                preservesClients(spec) ? Boolean.TRUE : null);
    }

    private static boolean preservesClients(TargetGroupSpec spec) {
        return OF_CONNECTIONS.contains(spec.protocol())
                && Optional.ofNullable(spec.preserveClientIp())
                        .orElse(spec.targetType().equals("instance"));
    }

    /** The same address and port may be there twice, as an instance and of one that was: then it does not drain. */
    private static List<ProxyTargetGroup.Target> targets(List<TargetHealth> targets, Set<String> zones) {
        return targets.stream()
                .filter(target -> target.address() != null)
                .filter(target -> zones.contains(target.target().availabilityZone()))
                .sorted(Comparator.comparing(ProxyTargets::place).thenComparing(ProxyTargets::isDraining))
                .map(ProxyTargets::target)
                .collect(
                        LinkedHashMap<String, ProxyTargetGroup.Target>::new,
                        (byPlace, target) -> byPlace.putIfAbsent(target.address() + ":" + target.port(), target),
                        Map::putAll)
                .values()
                .stream()
                .toList();
    }

    private static String place(TargetHealth target) {
        return "%s:%05d".formatted(target.address(), target.target().port());
    }

    /** Whether a target is taken out and ends what it has begun. */
    public static boolean isDraining(TargetHealth target) {
        return DRAINING.equals(target.state());
    }

    private static ProxyTargetGroup.Target target(TargetHealth target) {
        return new ProxyTargetGroup.Target(
                target.address(), target.target().port(), isDraining(target) ? Boolean.TRUE : null);
    }

    private static ProxyTargetGroup.@Nullable Stickiness stickiness(TargetGroupSpec.@Nullable Stickiness wanted) {
        if (wanted == null) {
            return null;
        }
        return new ProxyTargetGroup.Stickiness(
                STICKINESS.get(wanted.type()),
                wanted.type().equals("lb_cookie") ? OWN_COOKIE : wanted.cookieName(),
                Optional.ofNullable(wanted.durationSeconds()).orElse(STICKY_SECONDS));
    }

    private static ProxyTargetGroup.HealthCheck check(TargetGroupSpec spec) {
        var wanted = Optional.ofNullable(spec.healthCheck()).orElse(AS_AWS);
        var requests = OF_REQUESTS.contains(spec.protocol());
        var protocol = Optional.ofNullable(wanted.protocol()).orElse(requests ? "HTTP" : "TCP");
        var asks = OF_REQUESTS.contains(protocol);
        return new ProxyTargetGroup.HealthCheck(
                protocol,
                wanted.port().equals(TRAFFIC_PORT) ? null : Integer.valueOf(wanted.port()),
                asks ? Optional.ofNullable(wanted.path()).orElse("/") : null,
                asks ? Optional.ofNullable(wanted.matcher()).orElse(requests ? "200" : "200-399") : null,
                wanted.intervalSeconds(),
                Optional.ofNullable(wanted.timeoutSeconds()).orElse(timeout(requests, protocol)),
                wanted.healthyThresholdCount(),
                wanted.unhealthyThresholdCount());
    }

    private static int timeout(boolean requests, String protocol) {
        if (requests) {
            return HTTP_TIMEOUT;
        }
        return protocol.equals("HTTP") ? NETWORK_HTTP_TIMEOUT : NETWORK_TIMEOUT;
    }
}
