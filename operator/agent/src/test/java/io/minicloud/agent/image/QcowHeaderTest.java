package io.minicloud.agent.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minicloud.agent.image.ImageRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Headers written by hand from the specification of qcow2, none by our own code. */
class QcowHeaderTest {
    private static final long GIB = 1L << 30;

    // magic, version 3, no backing file, cluster bits 16, size 1 GiB, no encryption, L1 and refcount tables, no
    // snapshots, no feature bits, refcount order 4, header length 104, end of the extensions.
    private static final String PLAIN = """
            514649fb 00000003 0000000000000000 00000000 00000010 0000000040000000 00000000
            00000010 0000000000030000 0000000000010000 00000001 00000000 0000000000000000
            0000000000000000 0000000000000000 0000000000000000 00000004 00000068
            00000000 00000000
            """;

    private static final int VERSION = 4;
    private static final int BACKING_OFFSET = 8;
    private static final int BACKING_LENGTH = 16;
    private static final int SIZE = 24;
    private static final int ENCRYPTION = 32;
    private static final int INCOMPATIBLE = 72;
    private static final int COMPATIBLE = 80;
    private static final int HEADER_LENGTH = 100;
    private static final int EXTENSIONS = 104;

    @Test
    void readsTheSizeOfAnHonestImage() throws ImageRefusedException {
        assertThat(QcowHeader.check(plain(), GIB).virtualSize()).isEqualTo(GIB);
    }

    @Test
    void knowsVersionTwoWhoseHeaderIsShorter() throws ImageRefusedException {
        var old = ByteBuffer.wrap(Arrays.copyOf(plain().array(), INCOMPATIBLE + 8));
        old.putInt(VERSION, 2);

        assertThat(QcowHeader.check(old, GIB).virtualSize()).isEqualTo(GIB);
    }

    @Test
    void refusesWhatNamesAnotherFile() {
        assertThat(refusal(plain().putLong(BACKING_OFFSET, 0x200))).isEqualTo(Reason.HostileImage);
        assertThat(refusal(plain().putInt(BACKING_LENGTH, 11))).isEqualTo(Reason.HostileImage);
        assertThat(refusal(plain().putLong(INCOMPATIBLE, 0b100)))
                .as("external data file")
                .isEqualTo(Reason.HostileImage);
        assertThat(refusal(extension(0xe2792aca))).as("backing format").isEqualTo(Reason.HostileImage);
        assertThat(refusal(extension(0x44415441))).as("data file name").isEqualTo(Reason.HostileImage);
    }

    @Test
    void refusesEncryption() {
        assertThat(refusal(plain().putInt(ENCRYPTION, 1))).as("AES").isEqualTo(Reason.HostileImage);
        assertThat(refusal(plain().putInt(ENCRYPTION, 2))).as("LUKS").isEqualTo(Reason.HostileImage);
        assertThat(refusal(extension(0x0537be77))).as("its header").isEqualTo(Reason.HostileImage);
    }

    @Test
    void findsTheHostileExtensionBehindAHarmlessOne() {
        // A feature name table of five bytes, padded to eight, then the data file's name.
        var two = ByteBuffer.allocate(256).put(plain()).position(EXTENSIONS);
        two.putInt(0x6803f857).putInt(5).position(EXTENSIONS + 16);
        two.putInt(0x44415441).putInt(8);

        assertThat(refusal(two.rewind())).isEqualTo(Reason.HostileImage);
    }

    @Test
    void refusesBombs() {
        assertThat(refusal(plain().putLong(SIZE, GIB + 1))).isEqualTo(Reason.TooLarge);
        assertThat(refusal(plain().putLong(SIZE, 0))).isEqualTo(Reason.TooLarge);
        assertThat(refusal(plain().putLong(SIZE, -1))).as("2^64 - 1").isEqualTo(Reason.TooLarge);
    }

    @Test
    void refusesWhatNeedsRepairOrIsNewer() throws ImageRefusedException {
        assertThat(refusal(plain().putLong(INCOMPATIBLE, 0b1))).as("dirty").isEqualTo(Reason.FormatMismatch);
        assertThat(refusal(plain().putLong(INCOMPATIBLE, 0b10))).as("corrupt").isEqualTo(Reason.FormatMismatch);
        assertThat(refusal(plain().putLong(INCOMPATIBLE, 1L << 40))).isEqualTo(Reason.FormatMismatch);
        assertThat(refusal(plain().putInt(VERSION, 4))).isEqualTo(Reason.FormatMismatch);
        assertThat(QcowHeader.check(plain().putLong(INCOMPATIBLE, 0b1000), GIB))
                .as("zstd compression")
                .isNotNull();
        assertThat(QcowHeader.check(plain().putLong(COMPATIBLE, -1), GIB))
                .as("compatible features of whatever kind")
                .isNotNull();
    }

    @Test
    void refusesWhatIsNoneOrCutOff() {
        assertThat(refusal(plain().putInt(0, 0x7f454c46))).isEqualTo(Reason.FormatMismatch);
        assertThat(refusal(plain().putInt(HEADER_LENGTH, 72))).isEqualTo(Reason.FormatMismatch);
        assertThat(refusal(plain().putInt(HEADER_LENGTH, -8))).isEqualTo(Reason.FormatMismatch);
        assertThat(refusal(plain().putInt(HEADER_LENGTH, 1 << 30))).isEqualTo(Reason.FormatMismatch);
        for (int length = 0; length < EXTENSIONS + 8; length++) {
            assertThat(refusal(ByteBuffer.wrap(Arrays.copyOf(plain().array(), length))))
                    .as("%s bytes", length)
                    .isEqualTo(Reason.FormatMismatch);
        }
    }

    @Test
    void refusesAnExtensionThatGoesBeyondTheHeader() {
        assertThat(refusal(plain().putInt(EXTENSIONS, 0x6803f857).putInt(EXTENSIONS + 4, Integer.MAX_VALUE)))
                .isEqualTo(Reason.FormatMismatch);
        assertThat(refusal(plain().putInt(EXTENSIONS, 0x6803f857).putInt(EXTENSIONS + 4, -16)))
                .isEqualTo(Reason.FormatMismatch);
    }

    /** Whatever a stranger writes, it is judged: no other exception, no endless reading. */
    @Property(tries = 2000)
    void anyBytesAreJudged(@ForAll @Size(max = 200) byte[] tail) {
        var bytes = ByteBuffer.allocate(VERSION + 4 + tail.length)
                .put(plain().slice(0, 8))
                .put(tail);
        var header = refusal(bytes.rewind());

        assertThat(header == null || header != Reason.ForbiddenSource).isTrue();
    }

    private static ByteBuffer plain() {
        return ByteBuffer.wrap(HexFormat.of().parseHex(PLAIN.replaceAll("\\s", "")));
    }

    private static ByteBuffer extension(int type) {
        var long8 = ByteBuffer.allocate(EXTENSIONS + 32).put(plain().slice(0, EXTENSIONS));
        return long8.putInt(type).putInt(8).rewind();
    }

    private static @Nullable Reason refusal(ByteBuffer start) {
        var refused = catchThrowableOfType(ImageRefusedException.class, () -> QcowHeader.check(start, GIB));
        return refused == null ? null : refused.reason();
    }
}
