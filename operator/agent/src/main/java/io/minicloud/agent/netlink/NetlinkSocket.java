package io.minicloud.agent.netlink;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A socket on which the kernel speaks of the network namespace in which it was opened. It never waits. Not for several threads.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
 */
final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EINTR = 4;
    private static final int ENOBUFS = 105;

    // struct sockaddr_nl: family, padding, port, groups.
    private static final int ADDRESS_BYTES = 12;
    private static final int GROUPS_OFFSET = 8;
    private static final int BUFFER_BYTES = 4096;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final Calls CALLS = new Calls();

    private final int descriptor;

    /**
     * Opens one in the namespace of this thread.
     *
     * @param protocol whose messages: a {@code NETLINK_…} number
     * @param groups the groups of notifications that are to come, a bit each
     * @throws IOException when the kernel refuses it
     */
    NetlinkSocket(int protocol, int groups) throws IOException {
        descriptor = invoke(CALLS.socket, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
        if (descriptor < 0) {
            throw new IOException("no netlink socket of protocol " + protocol);
        }
        try (var arena = Arena.ofConfined()) {
            var address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
            address.set(ValueLayout.JAVA_INT, GROUPS_OFFSET, groups);
            if (invoke(CALLS.bind, descriptor, address, ADDRESS_BYTES) != 0) {
                close();
                throw new IOException("cannot listen to the groups " + groups + " of netlink protocol " + protocol);
            }
        }
    }

    /** The C library's calls. */
    private static final class Calls {
        private final MethodHandle socket;
        private final MethodHandle bind;
        private final MethodHandle send;
        private final MethodHandle receive;
        private final MethodHandle close;

        @SuppressWarnings("restricted") // The C library is the only way in.
        Calls() {
            var linker = Linker.nativeLinker();
            var library = linker.defaultLookup();
            var integer = ValueLayout.JAVA_INT;
            var size = ValueLayout.JAVA_LONG;
            var pointer = ValueLayout.ADDRESS;
            socket = linker.downcallHandle(
                    library.findOrThrow("socket"), FunctionDescriptor.of(integer, integer, integer, integer));
            bind = linker.downcallHandle(
                    library.findOrThrow("bind"), FunctionDescriptor.of(integer, integer, pointer, integer));
            send = linker.downcallHandle(
                    library.findOrThrow("send"), FunctionDescriptor.of(size, integer, pointer, size, integer));
            receive = linker.downcallHandle(
                    library.findOrThrow("recv"),
                    FunctionDescriptor.of(size, integer, pointer, size, integer),
                    Linker.Option.captureCallState("errno"));
            close = linker.downcallHandle(library.findOrThrow("close"), FunctionDescriptor.of(integer, integer));
        }
    }

    /** Takes all that has come. Tells whether anything had, or was lost because too much had. */
    boolean drain() {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(BUFFER_BYTES);
            var state = arena.allocate(STATE);
            var heard = false;
            while (true) {
                if (receive(state, buffer) >= 0) {
                    heard = true;
                    continue;
                }
                var error = errno(state);
                if (error != EINTR && error != ENOBUFS) {
                    return heard;
                }
                heard |= error == ENOBUFS;
            }
        }
    }

    /**
     * Asks and takes the answer, which the kernel has ready when it has taken the question.
     *
     * @param question a message
     * @return the first bytes of the answer; none when it is refused
     */
    byte[] ask(byte[] question) {
        try (var arena = Arena.ofConfined()) {
            var message = arena.allocate(question.length, Integer.BYTES);
            message.copyFrom(MemorySegment.ofArray(question));
            if (send(message) < 0) {
                return new byte[0];
            }
            var buffer = arena.allocate(BUFFER_BYTES);
            var length = receive(arena.allocate(STATE), buffer);
            return length < 0
                    ? new byte[0]
                    : buffer.asSlice(0, Math.min(length, BUFFER_BYTES)).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public void close() {
        invoke(CALLS.close, descriptor);
    }

    private static int errno(MemorySegment state) {
        return state.get(ValueLayout.JAVA_INT, STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno")));
    }

    private long send(MemorySegment message) {
        try {
            return (long) CALLS.send.invokeExact(descriptor, message, message.byteSize(), MSG_DONTWAIT);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private long receive(MemorySegment state, MemorySegment buffer) {
        try {
            return (long) CALLS.receive.invokeExact(state, descriptor, buffer, (long) BUFFER_BYTES, MSG_DONTWAIT);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static int invoke(MethodHandle handle, Object... arguments) {
        try {
            return (int) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
