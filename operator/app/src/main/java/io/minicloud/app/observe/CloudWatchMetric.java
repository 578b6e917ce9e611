package io.minicloud.app.observe;

import io.minicloud.agent.proxy.Figure;
import java.util.List;
import java.util.Locale;

/**
 * A metric of CloudWatch's that is known here.
 *
 * @param namespace its namespace
 * @param name its name there
 * @param figure what it is here
 * @param counts whether it counts, else it is what there is now
 * @param ofTargetGroup whether it has the dimension TargetGroup
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html">CloudWatch
 *     metrics for your Application Load Balancer</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html">CloudWatch
 *     metrics for your Network Load Balancer</a>
 */
record CloudWatchMetric(String namespace, String name, Figure figure, boolean counts, boolean ofTargetGroup) {
    private static final String APPLICATION = "AWS/ApplicationELB";
    private static final String NETWORK = "AWS/NetworkELB";

    /** Of which the answers are counted and their seconds summed; the only one of its kind. */
    static final String RESPONSE_TIME = prometheusName(APPLICATION, "TargetResponseTime") + "_seconds";

    /** All but {@link #RESPONSE_TIME}. */
    static final List<CloudWatchMetric> ALL = List.of(
            now(APPLICATION, "ActiveConnectionCount", Figure.ACTIVE_CONNECTIONS),
            count(APPLICATION, "NewConnectionCount", Figure.NEW_CONNECTIONS),
            count(APPLICATION, "ClientTLSNegotiationErrorCount", Figure.FAILED_HANDSHAKES),
            count(APPLICATION, "HTTP_Redirect_Count", Figure.REDIRECTS),
            count(APPLICATION, "HTTP_Fixed_Response_Count", Figure.FIXED_RESPONSES),
            count(APPLICATION, "HTTPCode_ELB_3XX_Count", Figure.OWN_3XX),
            count(APPLICATION, "HTTPCode_ELB_4XX_Count", Figure.OWN_4XX),
            count(APPLICATION, "HTTPCode_ELB_5XX_Count", Figure.OWN_5XX),
            count(APPLICATION, "HTTPCode_ELB_500_Count", Figure.OWN_500),
            count(APPLICATION, "HTTPCode_ELB_502_Count", Figure.OWN_502),
            count(APPLICATION, "HTTPCode_ELB_503_Count", Figure.OWN_503),
            count(APPLICATION, "HTTPCode_ELB_504_Count", Figure.OWN_504),
            countOfGroup("RequestCount", Figure.REQUESTS),
            countOfGroup("RequestCountPerTarget", Figure.REQUESTS_PER_TARGET),
            countOfGroup("HTTPCode_Target_2XX_Count", Figure.TARGET_2XX),
            countOfGroup("HTTPCode_Target_3XX_Count", Figure.TARGET_3XX),
            countOfGroup("HTTPCode_Target_4XX_Count", Figure.TARGET_4XX),
            countOfGroup("HTTPCode_Target_5XX_Count", Figure.TARGET_5XX),
            countOfGroup("TargetConnectionErrorCount", Figure.FAILED_TARGET_CONNECTIONS),
            nowOfGroup(APPLICATION, "HealthyHostCount", Figure.HEALTHY_TARGETS),
            nowOfGroup(APPLICATION, "UnHealthyHostCount", Figure.UNHEALTHY_TARGETS),
            now(NETWORK, "ActiveFlowCount", Figure.ACTIVE_FLOWS),
            count(NETWORK, "NewFlowCount", Figure.NEW_FLOWS),
            count(NETWORK, "ClientTLSNegotiationErrorCount", Figure.FAILED_HANDSHAKES),
            nowOfGroup(NETWORK, "HealthyHostCount", Figure.HEALTHY_TARGETS),
            nowOfGroup(NETWORK, "UnHealthyHostCount", Figure.UNHEALTHY_TARGETS));

    /** Its name for Prometheus, without the ending that every counter has there. */
    String prometheusName() {
        return prometheusName(namespace, name);
    }

    /** Whether a load balancer of this name has it. */
    boolean isOf(String loadBalancer) {
        return loadBalancer.startsWith(namespace.equals(APPLICATION) ? "app/" : "net/");
    }

    /** Whether a load balancer of this name has {@link #RESPONSE_TIME}. */
    static boolean isTimed(String loadBalancer) {
        return loadBalancer.startsWith("app/");
    }

    /** Small letters, with an underscore where a word begins. */
    private static String prometheusName(String namespace, String name) {
        return (namespace.replace('/', '_') + "_" + name.replaceAll("([a-z])([A-Z])", "$1_$2"))
                .toLowerCase(Locale.ROOT);
    }

    private static CloudWatchMetric count(String namespace, String name, Figure figure) {
        return new CloudWatchMetric(namespace, name, figure, true, false);
    }

    private static CloudWatchMetric now(String namespace, String name, Figure figure) {
        return new CloudWatchMetric(namespace, name, figure, false, false);
    }

    private static CloudWatchMetric countOfGroup(String name, Figure figure) {
        return new CloudWatchMetric(APPLICATION, name, figure, true, true);
    }

    private static CloudWatchMetric nowOfGroup(String namespace, String name, Figure figure) {
        return new CloudWatchMetric(namespace, name, figure, false, true);
    }
}
