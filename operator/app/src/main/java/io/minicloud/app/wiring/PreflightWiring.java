package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.host.Machine;
import io.minicloud.agent.hypervisor.Accelerator;
import io.minicloud.agent.hypervisor.Libvirtd;
import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.preflight.MachineProbe;
import io.minicloud.agent.preflight.PeriodicPreflight;
import io.minicloud.agent.preflight.Preflight;
import io.minicloud.agent.preflight.SystemMachineProbe;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How the agent learns what its machine lacks. */
@Singleton
public class PreflightWiring {
    private static final PeriodicPreflight.Pace PACE =
            new PeriodicPreflight.Pace(Duration.ofMinutes(1), Duration.ofSeconds(10));

    @Produces
    @Singleton
    SystemMachineProbe.Place place(AgentSettings settings, MachineView machine) {
        return new SystemMachineProbe.Place(
                machine, settings.home(), GuestWiring.KERNELS, Ipv4Range.parse(settings.serviceCidr()));
    }

    @Produces
    @Singleton
    MachineProbe probe(
            SystemMachineProbe.Place place,
            Commands commands,
            Libvirtd libvirtd,
            Accelerator accelerator,
            Machine machine) {
        return new SystemMachineProbe(
                place, commands, libvirtd, accelerator, () -> machine.observe().memoryMiB());
    }

    @Produces
    @Singleton
    PeriodicPreflight preflight(AgentSettings settings, MachineProbe probe) {
        return new PeriodicPreflight(probe, new Preflight(settings), PACE);
    }

    void close(@Disposes PeriodicPreflight preflight) {
        preflight.close();
    }
}
