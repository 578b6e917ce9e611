package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.announced;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Targets that are told of the client by a header, by the real HAProxy. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#proxy-protocol">Proxy
 *     protocol</a>
 */
class ProxyProtocolHostIT extends ProxyStory {
    private static final int PORT = 8080;
    private static final int CHECK_PORT = 8081;

    private AnnouncedTarget target;
    private AnnouncedTarget checked;

    @BeforeEach
    void makeTheTargets() throws IOException {
        target = new AnnouncedTarget(lab.host(11), PORT);
        checked = new AnnouncedTarget(address(11), CHECK_PORT);
    }

    @AfterEach
    void closeTheTargets() throws IOException {
        target.close();
        checked.close();
    }

    /** AWS: the header is sent with health checks too, but tells no client there. */
    @ParameterizedTest
    @NullSource
    @ValueSource(ints = CHECK_PORT)
    void theHeaderTellsTheClientAndAChecksHeaderNobody(Integer checkPort) throws IOException {
        var spec = listening(checkPort);
        lab.settle(spec);
        lab.await(spec, 1, 11, "Healthy");

        assertThat(ask(40_001)).isEqualTo("198.18.77.10:40001>" + ProxyLab.PROXY + ":80");
        assertThat(checkPort == null ? target.told() : checked.told()).contains("LOCAL");
        if (checkPort != null) {
            assertThat(target.told()).containsExactly("198.18.77.10:40001>" + ProxyLab.PROXY + ":80");
        }
    }

    /** One that was added to a running process, and its spare. */
    @Test
    void whoComesLaterIsToldToo() throws IOException {
        lab.settle(listening(null, address(12)));
        var spec = listening(null);
        lab.settle(spec);
        assertThat(ask(40_002)).as("the spare, or not").isEqualTo("198.18.77.10:40002>" + ProxyLab.PROXY + ":80");

        lab.await(spec, 1, 11, "Healthy");
        lab.settle(spec);
        assertThat(ask(40_003)).isEqualTo("198.18.77.10:40003>" + ProxyLab.PROXY + ":80");
    }

    private static String ask(int port) throws IOException {
        return AnnouncedTarget.ask(new InetSocketAddress("198.18.77.10", port), ProxyLab.PROXY, 80);
    }

    private static ProxySpec listening(Integer checkPort) {
        return listening(checkPort, address(11));
    }

    private static ProxySpec listening(Integer checkPort, String address) {
        return proxy(List.of(new ProxyListener(80, "TCP", null, null, to(group(1)))), announced(1, checkPort, address));
    }
}
