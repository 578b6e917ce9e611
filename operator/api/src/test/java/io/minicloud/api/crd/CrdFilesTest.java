package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed CustomResourceDefinitions are those that the types yield. {@code -Dcrds.update} writes them. */
class CrdFilesTest {
    private final Path folder = Tools.repository("crds");

    @Test
    void committedFilesAreWhatTheTypesYield() throws IOException {
        var generated = CrdFiles.generate();
        if (System.getProperty("crds.update") != null) {
            for (var stale : CrdFiles.read(folder).keySet()) {
                Files.delete(folder.resolve(stale));
            }
            for (var file : generated.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(CrdFiles.read(folder))
                .as("crds/ is out of date; crds/README.md says how to write it anew")
                .isEqualTo(generated);
    }
}
