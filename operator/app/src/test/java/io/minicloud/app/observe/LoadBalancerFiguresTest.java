package io.minicloud.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.proxy.Figure;
import io.minicloud.agent.proxy.ProxyFigures;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadBalancerFiguresTest {
    private static final String OF = "{LoadBalancer=\"%s\",AvailabilityZone=\"eu-home-1a\",%s} ";
    private static final String GROUP = "targetgroup/web/0123456789abcdef";

    private final List<ProxyFigures> there = new ArrayList<>();

    @Test
    void anApplicationLoadBalancerHasItsMetricsUnderCloudWatchsNames() throws IOException {
        there.add(figures("app/web/0123456789abcdef"));
        var of = OF.formatted("app/web/0123456789abcdef", "");
        var ofGroup = OF.formatted("app/web/0123456789abcdef", "TargetGroup=\"" + GROUP + "\",");

        assertThat(scraped())
                .containsExactlyInAnyOrder(
                        "aws_applicationelb_active_connection_count" + of + "0.0",
                        "aws_applicationelb_new_connection_count_total" + of + "2.0",
                        "aws_applicationelb_client_tlsnegotiation_error_count_total" + of + "4.0",
                        "aws_applicationelb_http_redirect_count_total" + of + "5.0",
                        "aws_applicationelb_http_fixed_response_count_total" + of + "6.0",
                        "aws_applicationelb_httpcode_elb_3xx_count_total" + of + "7.0",
                        "aws_applicationelb_httpcode_elb_4xx_count_total" + of + "8.0",
                        "aws_applicationelb_httpcode_elb_5xx_count_total" + of + "9.0",
                        "aws_applicationelb_httpcode_elb_500_count_total" + of + "10.0",
                        "aws_applicationelb_httpcode_elb_502_count_total" + of + "11.0",
                        "aws_applicationelb_httpcode_elb_503_count_total" + of + "12.0",
                        "aws_applicationelb_httpcode_elb_504_count_total" + of + "13.0",
                        "aws_applicationelb_request_count_total" + ofGroup + "14.0",
                        "aws_applicationelb_request_count_per_target_total" + ofGroup + "15.0",
                        "aws_applicationelb_httpcode_target_2xx_count_total" + ofGroup + "16.0",
                        "aws_applicationelb_httpcode_target_3xx_count_total" + ofGroup + "17.0",
                        "aws_applicationelb_httpcode_target_4xx_count_total" + ofGroup + "18.0",
                        "aws_applicationelb_httpcode_target_5xx_count_total" + ofGroup + "19.0",
                        "aws_applicationelb_target_response_time_seconds_count" + ofGroup + "20.0",
                        "aws_applicationelb_target_response_time_seconds_sum" + ofGroup + "21.0",
                        "aws_applicationelb_target_connection_error_count_total" + ofGroup + "22.0",
                        "aws_applicationelb_healthy_host_count" + ofGroup + "23.0",
                        "aws_applicationelb_un_healthy_host_count" + ofGroup + "24.0");
    }

    @Test
    void aNetworkLoadBalancerHasOthers() throws IOException {
        there.add(figures("net/db/0123456789abcdef"));
        var of = OF.formatted("net/db/0123456789abcdef", "");
        var ofGroup = OF.formatted("net/db/0123456789abcdef", "TargetGroup=\"" + GROUP + "\",");

        assertThat(scraped())
                .containsExactlyInAnyOrder(
                        "aws_networkelb_active_flow_count" + of + "1.0",
                        "aws_networkelb_new_flow_count_total" + of + "3.0",
                        "aws_networkelb_client_tlsnegotiation_error_count_total" + of + "4.0",
                        "aws_networkelb_healthy_host_count" + ofGroup + "23.0",
                        "aws_networkelb_un_healthy_host_count" + ofGroup + "24.0");
    }

    @Test
    void whatIsNotKnownOrNoLongerThereHasNoSeries() throws IOException {
        there.add(new ProxyFigures(
                "net/db/0123456789abcdef", "eu-home-1a", Map.of(Figure.NEW_FLOWS, 1.0), Map.of(GROUP, Map.of())));
        assertThat(scraped()).hasSize(1).first().asString().startsWith("aws_networkelb_new_flow_count_total{");

        there.clear();
        assertThat(scraped()).isEmpty();
    }

    /** Each figure is its place among all. */
    private static ProxyFigures figures(String name) {
        var values = new EnumMap<Figure, Double>(Figure.class);
        for (var figure : Figure.values()) {
            values.put(figure, (double) figure.ordinal());
        }
        return new ProxyFigures(name, "eu-home-1a", values, Map.of(GROUP, values));
    }

    private List<String> scraped() throws IOException {
        var registry = new CollectorRegistry();
        new LoadBalancerFigures(() -> List.copyOf(there)).register(registry);
        var text = new StringWriter();
        TextFormat.writeFormat(TextFormat.CONTENT_TYPE_004, text, registry.metricFamilySamples());
        return text.toString().lines().filter(line -> !line.startsWith("#")).toList();
    }
}
