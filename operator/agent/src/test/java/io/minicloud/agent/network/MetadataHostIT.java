package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.metadata.InstanceMetadata;
import io.minicloud.agent.metadata.MetadataRegistry;
import io.minicloud.agent.metadata.MetadataService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metadata service inside a router, asked by a guest. Needs root. */
class MetadataHostIT {
    private final Lab lab = new Lab();
    private final MetadataRegistry registry = new MetadataRegistry();
    private final MetadataService service = new MetadataService(registry, lab.entry, lab.filter, Clock.systemUTC());
    private final String subnet = lab.id("subnet", "a");
    private final Router.Interface eni = new Router.Interface(
            lab.id("eni", "1"),
            subnet,
            Router.Interface.portOf(lab.id("eni", "1")),
            "02:00:00:00:00:01",
            List.of("10.0.1.11"),
            List.of(lab.id("sg", "a")),
            true,
            null);
    private final Router router = new Router(
            lab.id("vpc", "v"),
            lab.owner(),
            List.of("10.0.0.0/16"),
            new Router.Dns(true, "home-1.compute.internal"),
            null,
            List.of(new Router.Subnet(subnet, "10.0.1.0/24", 1500)),
            List.of(eni),
            List.of(),
            Map.of());

    @AfterEach
    void cleanUp() {
        service.close();
        lab.close();
    }

    @Test
    void aGuestReadsItsOwnMetadataWithAToken() throws IOException {
        lab.apply(router);
        lab.boot(router, eni);
        service.present(router.vpcId());
        registry.publish(machine(8));

        var answer = ask("PUT /latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds: 60");
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\nX-aws-ec2-metadata-token-ttl-seconds: 60\r\n");
        var token = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(ask("GET /latest/meta-data/instance-id", "X-aws-ec2-metadata-token: " + token))
                .endsWith("\r\n\r\ni-" + lab.run);
        assertThat(ask("GET /latest/meta-data/instance-id", "Host: x")).startsWith("HTTP/1.1 401");
        service.leaving(router.vpcId());
    }

    @Test
    void isThereAgainInARouterThatWasMadeAnew() throws IOException {
        lab.apply(router);
        service.present(router.vpcId());
        registry.publish(machine(8));
        var before = lab.entry.identity(router.namespace());
        lab.run("ip", "netns", "delete", router.namespace());
        lab.apply(router);
        assertThat(lab.entry.identity(router.namespace())).isNotEqualTo(before);
        lab.boot(router, eni);

        service.present(router.vpcId());

        assertThat(ask("PUT /latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds: 60"))
                .startsWith("HTTP/1.1 200 OK");
        assertThat(lab.run("ip", "netns", "exec", router.namespace(), "nft", "list", "tables"))
                .as("the hop limits too")
                .contains("minicloud_metadata");
    }

    @Test
    void theHopLimitIsTheTtlOfATokensResponseOnly() throws IOException {
        lab.apply(router);
        lab.boot(router, eni);
        registry.publish(machine(3));
        service.present(router.vpcId());
        // The guest drops what has exactly this TTL: only a token's response must be lost.
        lab.run(
                "ip",
                "netns",
                "exec",
                lab.guest(eni),
                "nft",
                "add table ip t; add chain ip t in { type filter hook input priority 0; }; add rule ip t in ip ttl 3 drop");

        assertThat(ask("GET /latest/meta-data/instance-id", "Host: x")).startsWith("HTTP/1.1 401");
        assertThat(ask("PUT /latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds: 60"))
                .isEqualTo("timeout");

        lab.run("ip", "netns", "exec", router.namespace(), "nft", "delete table ip minicloud_metadata");
        service.present(router.vpcId());
        assertThat(ask("PUT /latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds: 60"))
                .as("after somebody deleted the rule")
                .isEqualTo("timeout");
    }

    private InstanceMetadata machine(int hopLimit) {
        return new InstanceMetadata(
                "i-" + lab.run,
                Map.of(router.vpcId(), List.of("10.0.1.11")),
                true,
                hopLimit,
                Map.of("meta-data/instance-id", "i-" + lab.run),
                null);
    }

    private String ask(String request, String header) throws IOException {
        return lab.entry.call(lab.guest(eni), () -> {
            try (var socket = new Socket()) {
                socket.setSoTimeout(2000);
                socket.connect(new InetSocketAddress(Router.METADATA, 80), 2000);
                var text = request + " HTTP/1.1\r\n" + header + "\r\n\r\n";
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.net.SocketTimeoutException e) {
                return "timeout";
            }
        });
    }
}
