package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.host.Heartbeat;
import io.minicloud.agent.host.HostReconciler;
import io.minicloud.agent.host.HostStatusFactory;
import io.minicloud.agent.host.LeaseHeartbeat;
import io.minicloud.agent.host.Machine;
import io.minicloud.agent.host.SystemMachine;
import io.minicloud.agent.hypervisor.Accelerator;
import io.minicloud.agent.inventory.UnknownThings;
import io.minicloud.agent.preflight.Findings;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.app.Configuration;
import io.minicloud.app.Role;
import io.minicloud.app.role.Clients;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/** What the agent is given. Nothing here is made where the agent does not run. */
@Singleton
public class AgentWiring {
    private static final String LIBVIRT_SOCKET = "run/libvirt/libvirt-sock";

    @Produces
    @Singleton
    AgentSettings settings(Configuration configuration, Installation installation) {
        var home = configuration.home();
        return new AgentSettings(
                installation.id(Role.AGENT),
                configuration.host().orElseThrow(),
                home,
                configuration.imageFolder().orElse(home.resolve("images")),
                home.resolve("disks"),
                home.resolve("run"),
                configuration.libvirtUri().orElse("qemu+unix:///system?socket=" + home.resolve(LIBVIRT_SOCKET)),
                configuration.serviceCidr());
    }

    @Produces
    @Singleton
    MachineView machineView(Configuration configuration) {
        var process = configuration.machineProcess();
        return process.isPresent() ? MachineView.byWayOf(process.getAsLong()) : MachineView.direct();
    }

    @Produces
    @Singleton
    Commands commands(MachineView machine) {
        return new SystemCommands(machine);
    }

    @Produces
    @Singleton
    Heartbeat heartbeat(Clients clients, AgentSettings settings, Clock clock) {
        return new LeaseHeartbeat(clients.of(Role.AGENT), settings, clock);
    }

    @Produces
    @Singleton
    Machine machine(AgentSettings settings, Accelerator accelerator) {
        return new SystemMachine(Path.of("/proc/meminfo"), settings.diskFolder(), () -> accelerator
                .name()
                .toLowerCase(Locale.ROOT));
    }

    @Produces
    @Singleton
    HostReconciler.Sources sources(Machine machine, UnknownThings unknown, Findings findings) {
        return new HostReconciler.Sources(machine, unknown, findings);
    }

    @Produces
    @Singleton
    HostStatusFactory hostStatusFactory(Configuration configuration, Clock clock) {
        return new HostStatusFactory(configuration.region(), clock);
    }
}
