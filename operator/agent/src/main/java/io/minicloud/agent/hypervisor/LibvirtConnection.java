package io.minicloud.agent.hypervisor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.LifecycleListener;
import org.libvirt.event.RebootListener;
import org.libvirt.jna.ConnectionPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to libvirtd that comes back by itself. All calls run on a few platform threads: libvirt keeps its last
 * error per thread, so on a virtual thread an error could be lost.
 */
final class LibvirtConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LibvirtConnection.class);
    private static final int THREADS = 4;
    private static final int TIMEOUT_SECONDS = 60;
    private static final int KEEPALIVE_SECONDS = 5;
    private static final int KEEPALIVE_MISSES = 3;

    private final String uri;
    private final Consumer<MachineEvent> events;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("libvirt-", 0).daemon().factory());
    private @Nullable Session session;

    LibvirtConnection(String uri, Consumer<MachineEvent> events) {
        this.uri = uri;
        this.events = events;
    }

    /** Runs calls on a pool thread with a live connection. */
    <T> T call(String what, Call<T> call) {
        var result = threads.submit(() -> call.apply(session()));
        try {
            return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new HypervisorException(what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new HypervisorException(what + ": no answer from libvirtd within " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HypervisorException(what + ": interrupted", e);
        }
    }

    private synchronized Session session() throws LibvirtException {
        var current = session;
        if (current != null && current.alive()) {
            return current;
        }
        if (current != null) {
            LOG.atInfo().addKeyValue("uri", uri).log("connection to libvirtd lost; connecting anew");
            current.release();
        }
        LibvirtEventLoop.INSTANCE.start();
        var opened = new Session(uri);
        opened.setKeepAlive(KEEPALIVE_SECONDS, KEEPALIVE_MISSES);
        opened.listen(events);
        session = opened;
        if (current != null) {
            events.accept(new MachineEvent("", MachineEvent.Kind.CHANGED));
        }
        return opened;
    }

    @Override
    public void close() {
        threads.shutdown();
        synchronized (this) {
            if (session != null) {
                session.release();
                session = null;
            }
        }
    }

    /** A use of the connection. */
    @FunctionalInterface
    interface Call<T> {
        T apply(Session session) throws LibvirtException;
    }

    /** An open connection with its listeners; a subclass, because only that may see the native pointer. */
    static final class Session extends Connect {
        private @Nullable LifecycleListener lifecycle;

        Session(String uri) throws LibvirtException {
            super(uri);
        }

        ConnectionPointer pointer() {
            return vcp;
        }

        void listen(Consumer<MachineEvent> events) throws LibvirtException {
            LifecycleListener onLifecycle = (domain, event) -> {
                // What is defined by others is found at the next look, and what the agent defines it knows.
                if (event.getType() != DomainEventType.DEFINED) {
                    tell(events, domain, MachineEvent.Kind.CHANGED);
                }
                return 0;
            };
            RebootListener onReboot = domain -> tell(events, domain, MachineEvent.Kind.REBOOTED);
            addLifecycleListener(onLifecycle);
            lifecycle = onLifecycle;
            addRebootListener(onReboot);
        }

        private static void tell(Consumer<MachineEvent> events, Domain domain, MachineEvent.Kind kind) {
            try {
                events.accept(new MachineEvent(domain.getName(), kind));
            } catch (LibvirtException | RuntimeException e) {
                LOG.atWarn().setCause(e).log("an event of a machine was lost");
            }
        }

        boolean alive() {
            try {
                return isAlive();
            } catch (LibvirtException e) {
                return false;
            }
        }

        /**
         * Takes the listener off before it closes. libvirt-java cannot take off the one for reboots, so a lost
         * connection leaves some hundred bytes behind until the process ends.
         */
        void release() {
            try {
                if (lifecycle != null) {
                    removeLifecycleListener(lifecycle);
                }
                close();
            } catch (LibvirtException e) {
                LOG.atDebug().setCause(e).log("a lost connection was not closed cleanly");
            }
        }
    }
}
