package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The committed CustomResourceDefinitions, and the pages that tell of them, are those that the types yield.
 * {@code -Dcrds.update} writes them.
 */
class CrdFilesTest {
    private final Path folder = Tools.repository("crds");
    private final Path reference = Tools.repository("docs/reference");

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

    @Test
    void committedReferenceIsWhatTheTypesYield() throws IOException {
        var pages = ReferencePages.generate(
                CrdFiles.generate().values().stream().map(CrdFiles::parse).toList());
        if (System.getProperty("crds.update") != null) {
            for (var page : pages.entrySet()) {
                Files.writeString(reference.resolve(page.getKey()), page.getValue());
            }
        }
        for (var page : pages.entrySet()) {
            assertThat(reference.resolve(page.getKey()))
                    .as("docs/reference is out of date; crds/README.md says how to write it anew")
                    .hasContent(page.getValue());
        }
    }
}
