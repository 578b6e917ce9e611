package io.minicloud.agent.image;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that must have the bytes that were promised: a connection that broke is no other image. */
final class CountedStream extends FilterInputStream {
    private final Closeable connection;
    private final long promised;
    private long seen;

    /**
     * A body.
     *
     * @param connection closed with it
     * @param promised how many bytes it has; negative when nobody said
     */
    CountedStream(InputStream in, Closeable connection, long promised) {
        super(in);
        this.connection = connection;
        this.promised = promised;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read >= 0) {
            seen += read;
        } else if (promised >= 0 && seen != promised) {
            throw new IOException("it ended after " + seen + " of " + promised + " bytes");
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
