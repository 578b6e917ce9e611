package io.minicloud.app.install;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The resource definitions of this release: the repository's folder {@code crds}, which the build packs into the program. */
final class PackedDefinitions {
    private static final String FOLDER = "io/minicloud/crds";

    private PackedDefinitions() {}

    /** All of them, by name. */
    static List<CustomResourceDefinition> read() {
        var yaml = new KubernetesSerialization();
        var definitions = new ArrayList<CustomResourceDefinition>();
        try {
            ClassPathUtils.consumeAsPaths(FOLDER, folder -> texts(folder).stream()
                    .map(text -> yaml.unmarshal(text, CustomResourceDefinition.class))
                    .forEach(definitions::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (definitions.isEmpty()) {
            throw new IllegalStateException(
                    "no resource definitions are packed into this program: its build is broken");
        }
        return List.copyOf(definitions);
    }

    private static List<String> texts(Path folder) {
        try (var files = Files.list(folder)) {
            var texts = new ArrayList<String>();
            for (var file : files.sorted().toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
