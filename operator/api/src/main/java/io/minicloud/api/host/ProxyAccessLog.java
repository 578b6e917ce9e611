package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Where a proxy writes what it did with each request: in AWS's format, in files that come into a bucket every five minutes.
 *
 * @param bucket The bucket.
 * @param prefix What the names of the files begin with, before AWSLogs; absent: nothing.
 * @param account The 12-digit account id that stands in the names.
 * @param region The region that stands in the names and signs the requests to the bucket.
 * @param endpoint The URL by which the host reaches the bucket.
 * @param secretName A Secret of this host's namespace with the keys accessKeyId and secretAccessKey.
 * @param nodeAddress The address by which clients know the proxy; it stands in the names.
 * @param listeners How the log calls the listeners of a network load balancer.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html">Access logs for your
 *     Application Load Balancer</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProxyAccessLog(
        @Required @Size(min = 3, max = 63) @Pattern("^[a-z0-9.-]+$") @JsonPropertyDescription("The bucket.")
        String bucket,

        @Size(max = 512)
        @Pattern("^[A-Za-z0-9!_.()-]+(/[A-Za-z0-9!_.()-]+)*$")
        @JsonPropertyDescription("What the names of the files begin with, before AWSLogs; absent: nothing.")
        String prefix,

        @Required @Pattern("^[0-9]{12}$") @JsonPropertyDescription("The 12-digit account id that stands in the names.")
        String account,

        @Required
        @Size(max = 63)
        @Pattern("^[a-z0-9-]+$")
        @JsonPropertyDescription("The region that stands in the names and signs the requests to the bucket.")
        String region,

        @Required
        @Size(max = 500)
        @Pattern("^https?://.+$")
        @JsonPropertyDescription("The URL by which the host reaches the bucket.")
        String endpoint,

        @Required
        @Size(max = 253)
        @JsonPropertyDescription("A Secret of this host's namespace with the keys accessKeyId and secretAccessKey.")
        String secretName,

        @Required
        @Size(max = 15)
        @Pattern("^[0-9]{1,3}([.][0-9]{1,3}){3}$")
        @JsonPropertyDescription("The address by which clients know the proxy; it stands in the names.")
        String nodeAddress,

        @Size(max = 50) @JsonPropertyDescription("How the log calls the listeners of a network load balancer.")
        List<Listener> listeners) {
    /** The same with another address of the node. */
    public ProxyAccessLog withNodeAddress(String other) {
        return new ProxyAccessLog(bucket, prefix, account, region, endpoint, secretName, other, listeners);
    }

    /**
     * How the log calls a listener.
     *
     * @param port its port
     * @param listenerId the last part of its Amazon resource name
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listener(
            @Required @Min(1) @Max(65535) @JsonPropertyDescription("Its port.")
            Integer port,

            @Required @Pattern("^[0-9a-f]{16}$") @JsonPropertyDescription("The last part of its Amazon resource name.")
            String listenerId) {}
}
