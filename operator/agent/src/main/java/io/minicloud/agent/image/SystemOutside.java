package io.minicloud.agent.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;

/** The ways out that this machine's kernel and resolver give. */
final class SystemOutside implements Outside {
    private static final int CONNECT_MS = 10_000;
    private static final int SILENCE_MS = 30_000;

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    @Override
    public Socket connect(InetAddress address, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MS);
            socket.setSoTimeout(SILENCE_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
