package io.minicloud.agent.network;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a name server answered.
 *
 * @param code 0: it knows; 3: there is no such name; 5: it refuses
 * @param texts the addresses, or the names that were asked for by address
 * @param secondsToLive of the first of them; 0 when there is none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4">RFC 1035, messages</a>
 */
record DnsAnswer(int code, List<String> texts, int secondsToLive) {
    static final int KNOWN = 0;
    static final int NO_SUCH_NAME = 3;
    static final int REFUSED = 5;
    static final int ADDRESS = 1;
    static final int POINTER = 12;

    private static final int PORT = 53;
    private static final int PATIENCE_MS = 3000;
    private static final int LONGEST = 512;
    private static final int IS_POINTER = 0xc0;

    /** Asks by UDP. */
    static DnsAnswer ask(String server, String name, int type) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MS);
            var question = question(name, type);
            socket.send(new DatagramPacket(question, question.length, InetAddress.getByName(server), PORT));
            var answer = new DatagramPacket(new byte[LONGEST], LONGEST);
            socket.receive(answer);
            return parse(Arrays.copyOf(answer.getData(), answer.getLength()), question.length);
        }
    }

    /** Asks by TCP. */
    static DnsAnswer askByTcp(String server, String name, int type) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(server, PORT), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            var question = question(name, type);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            var answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            return parse(answer, question.length);
        }
    }

    private static byte[] question(String name, int type) {
        var question = new ByteArrayOutputStream();
        question.writeBytes(new byte[] {0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        for (var label : name.split("\\.")) {
            question.write(label.length());
            question.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        question.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
        return question.toByteArray();
    }

    private static DnsAnswer parse(byte[] bytes, int questionLength) {
        var message = ByteBuffer.wrap(bytes);
        var code = message.getShort(2) & 0xf;
        var count = message.getShort(6);
        message.position(questionLength);
        var texts = new ArrayList<String>();
        var secondsToLive = 0;
        for (int i = 0; i < count; i++) {
            name(message);
            var type = message.getShort();
            message.getShort();
            var seconds = message.getInt();
            secondsToLive = i == 0 ? seconds : secondsToLive;
            var length = message.getShort();
            texts.add(type == ADDRESS ? address(message, length) : name(message));
        }
        return new DnsAnswer(code, texts.stream().sorted().toList(), secondsToLive);
    }

    private static String address(ByteBuffer message, int length) {
        var numbers = new ArrayList<String>();
        for (int i = 0; i < length; i++) {
            numbers.add(Integer.toString(message.get() & 0xff));
        }
        return String.join(".", numbers);
    }

    private static String name(ByteBuffer message) {
        var labels = new ArrayList<String>();
        for (int length = message.get() & 0xff; length > 0; length = message.get() & 0xff) {
            if (length >= IS_POINTER) {
                var there = message.duplicate().position((length & ~IS_POINTER) << 8 | message.get() & 0xff);
                labels.add(name(there));
                return String.join(".", labels);
            }
            var label = new byte[length];
            message.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII));
        }
        return String.join(".", labels);
    }
}
