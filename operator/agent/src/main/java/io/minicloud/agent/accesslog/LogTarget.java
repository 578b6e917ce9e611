package io.minicloud.agent.accesslog;

import io.minicloud.api.host.ProxyAccessLog;
import io.minicloud.api.host.ProxySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where the log of a proxy goes. Its text form never holds the secret.
 *
 * @param log the bucket and what stands in the names of files
 * @param loadBalancer how logs call the load balancer, e.g. {@code app/web/0123456789abcdef}
 * @param accessKeyId the access key
 * @param secretAccessKey its secret
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-file-format">Access
 *     log files</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html#access-log-file-format">Those
 *     of a network load balancer</a>
 */
public record LogTarget(ProxyAccessLog log, String loadBalancer, String accessKeyId, String secretAccessKey) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter END =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

    /** The target that a proxy's spec names, with the key for it. */
    public static LogTarget of(ProxySpec spec, String accessKeyId, String secretAccessKey) {
        return new LogTarget(spec.accessLog(), spec.name(), accessKeyId, secretAccessKey);
    }

    /** The object that says that the bucket can be written, which is made once. */
    String testFile() {
        return folder() + "ELBAccessLogTestFile";
    }

    /**
     * The name of a log file.
     *
     * @param end when its interval ended
     * @param random some letters and digits that tell it from others of that interval
     */
    String key(Instant end, String random) {
        boolean network = loadBalancer.startsWith("net/");
        return folder() + "elasticloadbalancing/" + log.region() + "/" + DAY.format(end) + "/" + log.account()
                + "_elasticloadbalancing_" + log.region() + "_" + loadBalancer.replace('/', '.') + "_"
                + END.format(end) + (network ? "" : "_" + log.nodeAddress()) + "_" + random + ".log.gz";
    }

    /** What all names in the bucket begin with. */
    String folder() {
        return (log.prefix() == null ? "" : log.prefix() + "/") + "AWSLogs/" + log.account() + "/";
    }

    @Override
    public String toString() {
        return "LogTarget[" + log.bucket() + "/" + folder() + "]";
    }
}
