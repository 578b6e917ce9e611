package io.minicloud.api.crd;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One file of the folder {@code rules}: versions of an object that are applied one after the other. In an
 * {@code invalid-*.yaml} the last one is refused, and the head of the file names the field and words of the message.
 *
 * @param kind the plural of the kind, the name of the folder
 * @param name the file's name
 * @param versions the documents in order
 * @param field the expected field; empty when the error is about the object as a whole
 * @param says words of the expected message; empty in a valid file
 */
record RuleFile(String kind, String name, List<GenericKubernetesResource> versions, String field, String says) {
    static List<RuleFile> all() {
        var root = Path.of("src/test/resources/io/minicloud/api/crd/rules").toAbsolutePath();
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(RuleFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean valid() {
        return name.startsWith("valid-") && name.endsWith(".yaml");
    }

    boolean invalid() {
        return name.startsWith("invalid-") && name.endsWith(".yaml");
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }

    private static RuleFile read(Path file) {
        try {
            var text = Files.readString(file);
            var yaml = new KubernetesSerialization();
            var versions = Arrays.stream(text.split("(?m)^---\n"))
                    .map(document -> yaml.unmarshal(document, GenericKubernetesResource.class))
                    .toList();
            return new RuleFile(
                    file.getParent().getFileName().toString(),
                    file.getFileName().toString(),
                    versions,
                    head(text, "# field:"),
                    head(text, "# says:"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElse("");
    }
}
