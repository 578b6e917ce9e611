package io.minicloud.agent.hypervisor;

import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libvirt's event loop, of which a process has exactly one: it must be there before the first connection, carries
 * keepalive and events of all of them, and ends with the process.
 */
enum LibvirtEventLoop {
    INSTANCE;

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtEventLoop.class);

    private boolean running;

    synchronized void start() throws LibvirtException {
        if (!running) {
            Library.initEventLoop();
            Thread.ofPlatform().name("libvirt-events").daemon().start(LibvirtEventLoop::run);
            running = true;
        }
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void run() {
        while (true) {
            try {
                Library.processEvent();
            } catch (LibvirtException | RuntimeException e) {
                LOG.atWarn().setCause(e).log("an event of libvirt was lost");
            }
        }
    }
}
