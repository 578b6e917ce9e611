package io.minicloud.agent.network;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * Sends IPv4 packets as they are written, whatever their source, and hears every one that arrives, for whomever: the JDK has no such
 * socket. It belongs to the namespace in which it was opened, and keeps it alive till it is closed. Needs root.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/raw.7.html">raw(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
final class RawSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int IPPROTO_RAW = 255;
    private static final int ETH_P_IP_IN_NETWORK_ORDER = 0x0008;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    private static final int LONGEST = 2048;
    private static final int DESTINATION_AT = 16;
    private static final long SOCKADDR_SIZE = 16;
    private static final long POLLFD_SIZE = 8;

    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SEND =
            call("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECEIVE = call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle POLL = call("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);

    private final int sender;
    private final int receiver;

    private RawSocket(int sender, int receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    /** Opens one where the calling thread is. */
    static RawSocket open() throws IOException {
        return new RawSocket(
                socket(AF_INET, SOCK_RAW, IPPROTO_RAW), socket(AF_PACKET, SOCK_DGRAM, ETH_P_IP_IN_NETWORK_ORDER));
    }

    /** Sends a packet to the destination in its header; the kernel computes the header's checksum. */
    void send(byte[] packet) {
        try (var arena = Arena.ofConfined()) {
            var to = arena.allocate(SOCKADDR_SIZE);
            to.set(JAVA_SHORT, 0, (short) AF_INET);
            MemorySegment.copy(packet, DESTINATION_AT, to, JAVA_BYTE, 4, 4);
            long sent = (long) SEND.invokeExact(
                    sender, arena.allocateFrom(JAVA_BYTE, packet), (long) packet.length, 0, to, (int) SOCKADDR_SIZE);
            if (sent != packet.length) {
                throw new AssertionError("not sent: " + Datagram.of(packet));
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The next packet that has arrived. */
    Optional<byte[]> receive() {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(LONGEST);
            long length = (long) RECEIVE.invokeExact(receiver, buffer, (long) LONGEST, MSG_DONTWAIT);
            return length < 0
                    ? Optional.empty()
                    : Optional.of(buffer.asSlice(0, length).toArray(JAVA_BYTE));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Waits until a packet has arrived at one of them.
     *
     * @return false when none has in this time
     */
    static boolean await(List<RawSocket> sockets, int milliseconds) {
        try (var arena = Arena.ofConfined()) {
            var polled = arena.allocate(POLLFD_SIZE * sockets.size(), POLLFD_SIZE);
            for (int i = 0; i < sockets.size(); i++) {
                polled.set(JAVA_INT, POLLFD_SIZE * i, sockets.get(i).receiver);
                polled.set(JAVA_SHORT, POLLFD_SIZE * i + Integer.BYTES, POLLIN);
            }
            return (int) POLL.invokeExact(polled, (long) sockets.size(), milliseconds) > 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            int ignored = (int) CLOSE.invokeExact(sender) + (int) CLOSE.invokeExact(receiver);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static int socket(int family, int type, int protocol) throws IOException {
        try {
            int descriptor = (int) SOCKET.invokeExact(family, type, protocol);
            if (descriptor < 0) {
                throw new IOException("no raw socket without root");
            }
            return descriptor;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted") // The C library is the only way in.
    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
    }
}
