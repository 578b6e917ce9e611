package io.minicloud.agent.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells a network unasked by which MAC address an address is reached now, so that nobody goes on with the one he knew. Sent from the
 * namespace of this process.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5227#section-3">RFC 5227, section 3: why it is a request</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
final class GratuitousArp {
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final short ETH_P_ARP = 0x0806;
    private static final short ETHERNET = 1;
    private static final short ETH_P_IP = 0x0800;
    private static final short REQUEST = 1;
    private static final byte MAC_BYTES = 6;
    private static final byte ADDRESS_BYTES = 4;
    private static final int ARP_BYTES = 28;

    // struct sockaddr_ll: family, protocol, index, hardware type, packet type, length of the address, address.
    private static final int SOCKADDR_BYTES = 20;

    private static final class Calls {
        private static final MethodHandle SOCKET = call(
                "socket",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        private static final MethodHandle SEND = call(
                "sendto",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
        private static final MethodHandle CLOSE =
                call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        @SuppressWarnings("restricted") // The C library is the only way in.
        private static MethodHandle call(String name, FunctionDescriptor descriptor) {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
        }
    }

    /**
     * Sends it once.
     *
     * @throws UncheckedIOException when the link is gone or takes nothing
     */
    void announce(ProxiedAddress wanted) {
        try {
            var link = NetworkInterface.getByName(wanted.link());
            var mac = link == null ? null : link.getHardwareAddress();
            if (mac == null) {
                throw new IOException("no link " + wanted.link() + " with a MAC address");
            }
            send(message(mac, InetAddress.ofLiteral(wanted.address()).getAddress()), receivers(link.getIndex()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] message(byte[] mac, byte[] address) {
        return ByteBuffer.allocate(ARP_BYTES)
                .putShort(ETHERNET)
                .putShort(ETH_P_IP)
                .put(MAC_BYTES)
                .put(ADDRESS_BYTES)
                .putShort(REQUEST)
                .put(mac)
                .put(address)
                .put(new byte[MAC_BYTES])
                .put(address)
                .array();
    }

    /** Everybody on the link. */
    private static byte[] receivers(int index) {
        var everybody = new byte[] {-1, -1, -1, -1, -1, -1};
        return ByteBuffer.allocate(SOCKADDR_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_PACKET)
                .put((byte) (ETH_P_ARP >> Byte.SIZE))
                .put((byte) ETH_P_ARP)
                .putInt(index)
                .putShort(ETHERNET)
                .put((byte) 0)
                .put(MAC_BYTES)
                .put(everybody)
                .array();
    }

    private static void send(byte[] message, byte[] to) throws IOException {
        int descriptor = -1;
        try (var arena = Arena.ofConfined()) {
            descriptor = (int) Calls.SOCKET.invokeExact(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (descriptor < 0 || sendTo(descriptor, copy(arena, message), copy(arena, to)) != message.length) {
                throw new IOException("the kernel sends no ARP message");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            close(descriptor);
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    }

    private static long sendTo(int descriptor, MemorySegment message, MemorySegment to) throws Throwable {
        return (long) Calls.SEND.invokeExact(descriptor, message, message.byteSize(), 0, to, (int) to.byteSize());
    }

    private static void close(int descriptor) {
        if (descriptor < 0) {
            return;
        }
        try {
            int ignored = (int) Calls.CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
