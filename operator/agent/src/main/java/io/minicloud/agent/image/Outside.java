package io.minicloud.agent.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;

/** The ways out of this machine. */
interface Outside {
    /** Every address of a host; an address is its own. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** A connection on which no read waits for ever. */
    Socket connect(InetAddress address, int port) throws IOException;
}
