package io.minicloud.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkDaemonFilesTest {
    private static final String LINK = "mcl0123456789a";
    private static final String OURS = "[Match]\nName=mc*\n[Link]\nUnmanaged=yes\n";

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Match]\nName=*\n[Network]\nDHCP=yes\n",
                "# all\n[Match]\nName = eth0 mc*\n",
                "[Match]\nName=!eth0\n",
                "[Match]\nName=mc[a-m]*\n",
                "[Match]\nType=ether\n",
            })
    void networkdTakesWhatAFileMatches(String file) {
        assertThat(new NetworkdFiles(Map.of("20-wired.network", file)).take(LINK))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Match]\nName=en* eth*\n[Network]\nDHCP=yes\n",
                "[Match]\nName=!mc*\n",
                "[Match]\nName=mc[\n",
                "[Match]\nMACAddress=52:54:00:12:34:56\n",
                "[Match]\nType=ether\nKind=!*\n",
                "[Match]\nDriver=veth\nName=ve-*\n",
                "[Network]\nDHCP=yes\n",
                OURS,
            })
    void networkdLeavesTheRest(String file) {
        assertThat(new NetworkdFiles(Map.of("20-wired.network", file)).take(LINK))
                .isFalse();
    }

    @Test
    void theFirstFileOfNetworkdCounts() {
        var all = "[Match]\nName=*\n";

        assertThat(new NetworkdFiles(Map.of("20-all.network", all, "00-minicloud.network", OURS)).take(LINK))
                .isFalse();
        assertThat(new NetworkdFiles(Map.of("20-all.network", all, "90-minicloud.network", OURS)).take(LINK))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[keyfile]\nunmanaged-devices+=interface-name:mc*\n",
                "[keyfile]\nunmanaged-devices=mac:52:54:00:12:34:56;interface-name:mcl?123456789a\n",
                "[keyfile]\nunmanaged-devices=interface-name:=" + LINK + "\n",
                "[keyfile]\nunmanaged-devices=*,except:type:wifi,except:type:gsm,except:type:cdma\n",
            })
    void networkManagerLeavesWhatIsListed(String file) {
        assertThat(new NetworkManagerFiles(List.of("[main]\nplugins=keyfile\n", file)).leaveAlone(LINK))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[keyfile]\n#unmanaged-devices=interface-name:mc*\n",
                "[keyfile]\nunmanaged-devices=interface-name:=mc*\n",
                "[keyfile]\nunmanaged-devices=interface-name:docker*;interface-name:veth*\n",
                "[keyfile]\nunmanaged-devices=*,except:type:ethernet\n",
                "",
            })
    void networkManagerTakesTheRest(String file) {
        assertThat(new NetworkManagerFiles(List.of(file)).leaveAlone(LINK)).isFalse();
    }

    @Test
    void onlyDaemonsThatRunCount() throws IOException {
        write("etc/systemd/network/20-all.network", "[Match]\nName=*\n");
        write("proc/17/comm", "bash\n");

        assertThat(new NetworkDaemonProbe(root, LINK).observe()).isEmpty();

        write("proc/1/comm", "systemd-network\n");
        write("proc/18/comm", "NetworkManager\n");

        assertThat(new NetworkDaemonProbe(root, LINK).observe())
                .containsExactlyInAnyOrder(NetworkDaemon.NETWORKD, NetworkDaemon.NETWORK_MANAGER);

        write("etc/NetworkManager/conf.d/90-minicloud.conf", "[keyfile]\nunmanaged-devices+=interface-name:mc*\n");
        write("run/systemd/network/00-minicloud.network", OURS);

        assertThat(new NetworkDaemonProbe(root, LINK).observe()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
