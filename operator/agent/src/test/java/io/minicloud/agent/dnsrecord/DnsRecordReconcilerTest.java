package io.minicloud.agent.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.network.Dnsmasq;
import io.minicloud.agent.network.NameServerDaemon;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.SharedNames;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.api.host.DnsRecord;
import io.minicloud.api.host.DnsRecordSpec;
import io.minicloud.api.host.Host;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsRecordReconcilerTest {
    @TempDir
    private Path run;

    @Test
    void allNamesStandInOneFile() {
        reconcile(
                "tower",
                record("web-1.elb.home-1.minicloud", "203.0.113.4", "203.0.113.5"),
                record("a.minicloud", "10.0.1.4"));

        assertThat(run.resolve("dnsmasq/shared.hosts")).hasContent("""
                10.0.1.4 a.minicloud
                203.0.113.4 web-1.elb.home-1.minicloud
                203.0.113.5 web-1.elb.home-1.minicloud
                """);

        reconcile("tower");
        assertThat(run.resolve("dnsmasq/shared.hosts")).isEmptyFile();
    }

    @Test
    void theHostsOfOthersAreNoReasonToWriteAnything() {
        reconcile("cellar", record("a.minicloud", "10.0.1.4"));

        assertThat(run.resolve("dnsmasq")).doesNotExist();
    }

    private void reconcile(String name, DnsRecord... records) {
        var settings = new AgentSettings("", "tower", run, run, run, run, "", "100.64.0.0/16");
        var commands = new SystemCommands(MachineView.direct());
        var namespaces = new NamedNamespaces(MachineView.direct());
        var dnsmasq = new Dnsmasq(commands, namespaces, run);
        var outside = new NameServerDaemon(commands, namespaces, dnsmasq, run, settings.nameServerId());
        var host = new Host();
        host.getMetadata().setName(name);
        new DnsRecordReconciler(
                        settings, new SharedNames(commands, dnsmasq, outside), new PlanExecutor(Checkpoint.NONE))
                .reconcile(host, FakeContext.of(records));
    }

    private static DnsRecord record(String name, String... addresses) {
        var record = new DnsRecord();
        record.getMetadata().setName(name);
        record.setSpec(new DnsRecordSpec(List.of(addresses)));
        return record;
    }
}
