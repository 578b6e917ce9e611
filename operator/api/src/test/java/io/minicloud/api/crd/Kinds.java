package io.minicloud.api.crd;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The resource types of this module, found in its compiled classes so that none can be forgotten. */
final class Kinds {
    private Kinds() {}

    static List<? extends Class<? extends CustomResource<?, ?>>> all() {
        try {
            var root = Path.of(Condition.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (var files = Files.walk(root)) {
                return files.map(f -> root.relativize(f).toString())
                        .filter(f -> f.endsWith(".class") && !f.endsWith("-info.class"))
                        .sorted()
                        .map(Kinds::load)
                        .filter(c -> CustomResource.class.isAssignableFrom(c) && !Modifier.isAbstract(c.getModifiers()))
                        .map(Kinds::resource)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName(
                    file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends CustomResource<?, ?>> resource(Class<?> type) {
        return (Class<? extends CustomResource<?, ?>>) type;
    }
}
