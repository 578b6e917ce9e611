package io.minicloud.agent.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.host.ProxyAccessLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The examples are those of AWS's pages, less what a proxy cannot know. */
class LogEntriesTest {
    private static final String GROUP = "tg-00000000000000001";
    private static final String ARN =
            "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067";
    private static final LogNames NAMES =
            new LogNames("app/my-loadbalancer/50dc6c495c0c9188", Map.of(GROUP, ARN), Map.of(443, "g3d4b5e8bb8464cd"));

    private static final int TARGET = 8;
    private static final int STATUS = 13;
    private static final int TARGET_STATUS = 14;
    private static final int METHOD = 17;
    private static final int VERSION = 18;
    private static final int BACKEND = 19;
    private static final int END = 20;
    private static final int RULE = 21;
    private static final int URL = 29;
    private static final int USER_AGENT = 30;
    private static final int LOCATION = 32;

    private final String[] http = {
        "minicloud-http",
        "7",
        "80",
        "HTTP",
        micros("2018-07-02T22:23:00.186641Z"),
        micros("2018-07-02T22:22:48.364Z"),
        micros("2018-07-02T22:22:48.363Z"),
        "192.168.131.39:2817",
        "10.0.0.1:80",
        "0",
        "0",
        "0",
        "1",
        "200",
        "200",
        "34",
        "366",
        "GET",
        "HTTP/1.1",
        GROUP,
        "--",
        "-",
        "-",
        "-",
        "0",
        "-",
        "1234abcd5678ef90",
        "10.0.0.9",
        sent("www.example.com"),
        sent("/"),
        sent("curl/7.46.0"),
        sent("Root=1-58337262-36d228ad5d99923122bbe354"),
        "-"
    };

    @Test
    void aRequestByHttp() {
        assertThat(entry()).isEqualTo("""
                        http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 \
                        192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 \
                        "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - \
                        arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 \
                        "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" \
                        0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-" \
                        TID_1234abcd5678ef90 "-" "-" "-\"""");
    }

    @Test
    void aRequestByHttps() {
        var https = http.clone();
        https[2] = "443";
        https[3] = "HTTPS";
        https[9] = "80";
        https[10] = "4";
        https[11] = "2";
        https[12] = "1048";
        https[RULE] = "1";
        https[22] = "ECDHE-RSA-AES128-GCM-SHA256";
        https[23] = "TLSv1.2";
        https[24] = "1";
        https[25] = sent("www.example.com");
        assertThat(entry(https))
                .startsWith("https ")
                .contains(
                        " 0.086 1.048 0.000 200 200 34 366 \"GET https://www.example.com:443/ HTTP/1.1\" \"curl/7.46.0\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:",
                        " \"www.example.com\" \"session-reused\" 1 2018-07-02T22:22:48.364000Z \"forward\" ");
        https[VERSION] = "HTTP/2.0";
        assertThat(entry(https)).startsWith("h2 ").contains("https://www.example.com:443/ HTTP/2.0\"");
        https[STATUS] = "101";
        assertThat(entry(https)).startsWith("wss ");
    }

    @Test
    void anUpgradedConnection() {
        http[STATUS] = "101";
        http[TARGET_STATUS] = "101";
        assertThat(entry()).startsWith("ws ").contains(" 101 101 34 366 ");
    }

    @Test
    void answersOfTheLoadBalancersOwn() {
        http[TARGET] = "-:-";
        http[TARGET_STATUS] = "-";
        http[STATUS] = "301";
        http[BACKEND] = "listener-80-rule-5";
        http[RULE] = "5";
        http[LOCATION] = sent("https://example.com:80/");
        assertThat(entry())
                .contains(
                        " 192.168.131.39:2817 - -1 -1 -1 301 - 34 366 ",
                        " - \"Root=1-",
                        " 5 2018-07-02T22:22:48.364000Z \"redirect\" \"https://example.com:80/\" \"-\" \"-\" \"-\" \"-\" \"-\" TID_");
        http[LOCATION] = "-";
        assertThat(entry()).contains(" \"fixed-response\" \"-\" ");
    }

    @Test
    void aRequestThatNobodyAnswered() {
        http[TARGET_STATUS] = "-";
        http[STATUS] = "504";
        assertThat(entry()).contains(" 10.0.0.1:80 -1 -1 -1 504 - ");
        http[STATUS] = "-1";
        http[END] = "CH";
        assertThat(entry()).contains(" 10.0.0.1:80 -1 -1 -1 460 - ");
    }

    @Test
    void aRequestThatIsNone() {
        http[5] = "-";
        http[TARGET] = "-:-";
        http[TARGET_STATUS] = "-";
        http[STATUS] = "400";
        http[METHOD] = "<BADREQ>";
        http[VERSION] = "<BADREQ>";
        http[BACKEND] = "listener-80";
        http[URL] = "-";
        http[USER_AGENT] = "-";
        assertThat(entry())
                .contains(
                        " 400 - 34 366 \"- http://10.0.0.9:80- -\" \"-\" - - - ",
                        " - 2018-07-02T22:22:48.363000Z \"-\" \"-\" ");
        http[6] = "-";
        assertThat(entry()).contains(" - 2018-07-02T22:23:00.186641Z \"-\" \"-\" ");
    }

    @Test
    void aClientThatAsksNothingIsNoEntry() {
        http[METHOD] = "<BADREQ>";
        http[END] = "CR";
        assertThat(LogEntries.render(String.join(" ", http), NAMES)).isEmpty();
        http[END] = "PR";
        assertThat(LogEntries.render(String.join(" ", http), NAMES)).isPresent();
    }

    @Test
    void aHostWithAPortKeepsIt() {
        http[28] = sent("shop.lab:8080");
        assertThat(entry()).contains("\"GET http://shop.lab:8080/ HTTP/1.1\"");
        http[28] = sent("[2001:db8::1]");
        assertThat(entry()).contains("\"GET http://[2001:db8::1]:80/ HTTP/1.1\"");
        http[28] = "-";
        assertThat(entry()).contains("\"GET http://10.0.0.9:80/ HTTP/1.1\"");
    }

    /** Quotes, ends of lines, half of a sign of UTF-8: whatever it is, it stays in its field. */
    @Test
    void whatAClientSentNeverChangesTheShape() {
        var random = new Random(7);
        int fields = fields(entry());
        for (int round = 0; round < 2_000; round++) {
            var bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            http[USER_AGENT] = Base64.getEncoder().encodeToString(bytes);
            http[URL] = http[USER_AGENT];
            http[LOCATION] = http[USER_AGENT];
            assertThat(fields(entry())).isEqualTo(fields);
        }
        http[USER_AGENT] = sent("a\"b\\c\nü");
        assertThat(entry()).contains(" \"a\\x22b\\x5Cc\\x0A\\xC3\\xBC\" ");
    }

    @Test
    void whatIsNoWholeLineIsNoEntry() {
        assertThat(LogEntries.render("", NAMES)).isEmpty();
        assertThat(LogEntries.render(String.join(" ", http) + " x", NAMES)).isEmpty();
        assertThat(LogEntries.render(String.join(" ", Arrays.copyOf(http, http.length - 1)), NAMES))
                .isEmpty();
        http[12] = "soon";
        assertThat(LogEntries.render(String.join(" ", http), NAMES)).isEmpty();
    }

    @Test
    void aConnectionOfANetworkLoadBalancer() {
        var line = String.join(
                " ",
                List.of(
                        "minicloud-tls",
                        "0",
                        "443",
                        micros("2018-12-20T02:59:40Z"),
                        micros("2018-12-20T02:59:30Z"),
                        "72.21.218.154:51341",
                        "172.100.100.185:443",
                        "5",
                        "2",
                        "98",
                        "246",
                        "ECDHE-RSA-AES128-SHA",
                        "TLSv1.2",
                        sent("my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com")));
        var names = new LogNames("net/network-loadbalancer/c6e77e28c25b2234", Map.of(), NAMES.listenerIds());

        assertThat(LogEntries.render(line, names)).hasValue("""
                        tls 2.0 2018-12-20T02:59:40 net/network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd \
                        72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - - - ECDHE-RSA-AES128-SHA tlsv12 - \
                        my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com - - - 2018-12-20T02:59:30""");
        assertThat(LogEntries.render(line + " ", names)).isEmpty();
    }

    @Test
    void namesOfFiles() {
        var end = Instant.parse("2014-02-15T23:40:00Z");
        var application = target("app/my-loadbalancer/1234567890abcdef", "prefix/of mine".replace(" ", "-"));
        var network = target("net/my-loadbalancer/1234567890abcdef", null);

        assertThat(application.key(end, "20sg8hgm"))
                .isEqualTo(
                        "prefix/of-mine/AWSLogs/123456789012/elasticloadbalancing/us-east-2/2014/02/15/123456789012_elasticloadbalancing_us-east-2_app.my-loadbalancer.1234567890abcdef_20140215T2340Z_172.160.001.192_20sg8hgm.log.gz");
        assertThat(application.testFile()).isEqualTo("prefix/of-mine/AWSLogs/123456789012/ELBAccessLogTestFile");
        assertThat(network.key(end, "2soosksi"))
                .isEqualTo(
                        "AWSLogs/123456789012/elasticloadbalancing/us-east-2/2014/02/15/123456789012_elasticloadbalancing_us-east-2_net.my-loadbalancer.1234567890abcdef_20140215T2340Z_2soosksi.log.gz");
        assertThat(application.toString()).doesNotContain("hidden");
    }

    private static LogTarget target(String balancer, String prefix) {
        return new LogTarget(
                new ProxyAccessLog(
                        "logs", prefix, "123456789012", "us-east-2", "http://s3", "s", "172.160.001.192", null),
                balancer,
                "AKIA",
                "hidden");
    }

    private String entry() {
        return entry(http);
    }

    private static String entry(String[] line) {
        return LogEntries.render(String.join(" ", line), NAMES).orElseThrow();
    }

    /** As who reads a log counts: by blanks, and quotes hold blanks together. */
    private static int fields(String entry) {
        assertThat(entry).matches("[ -~]*");
        return entry.replaceAll("\"[^\"]*\"", "q").split(" ").length;
    }

    private static String sent(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String micros(String time) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time)));
    }
}
