package io.minicloud.api.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.minicloud.api.common.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The CustomResourceDefinitions that the types of this module yield, as the files of {@code crds/}: file name to YAML text.
 * What Fabric8's generator cannot say is added here: descriptions of the kind, its spec and its status, a required spec, the
 * order of the printer columns, and the release.
 */
final class CrdFiles {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Pattern CHOICE = Pattern.compile("\\^\\(?([A-Za-z0-9_]+([|][A-Za-z0-9_]+)*)\\)?\\$");

    private CrdFiles() {}

    static Map<String, String> generate() {
        var files = new TreeMap<String, String>();
        for (var type : Kinds.all()) {
            var definition = finish(raw(type), type);
            files.put(definition.getMetadata().getName() + ".yaml", YAML.asYaml(definition));
        }
        return files;
    }

    static Map<String, String> read(Path folder) {
        var result = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                result.put(file.getFileName().toString(), Files.readString(file));
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CustomResourceDefinition parse(String yaml) {
        return YAML.unmarshal(yaml, CustomResourceDefinition.class);
    }

    private static CustomResourceDefinition raw(Class<? extends CustomResource<?, ?>> type) {
        var output = new Memory();
        new CRDGenerator()
                .withOutput(output)
                .customResourceClasses(List.of(type))
                .generate();
        return parse(output.bytes.toString(StandardCharsets.UTF_8));
    }

    /** The version of the build, which is the project's. */
    private static String release() {
        return Objects.requireNonNull(System.getProperty("minicloud.release"), "minicloud.release: Maven sets it");
    }

    private static CustomResourceDefinition finish(CustomResourceDefinition definition, Class<?> type) {
        // An installer of an older release leaves them alone (Labels.RELEASE).
        definition.getMetadata().setAnnotations(Map.of(Labels.RELEASE, release()));
        var kind = definition.getSpec().getNames().getKind();
        for (var version : definition.getSpec().getVersions()) {
            var schema = version.getSchema().getOpenAPIV3Schema();
            schema.setDescription(type.getAnnotation(JsonClassDescription.class).value());
            schema.setRequired(List.of("spec"));
            var properties = schema.getProperties();
            properties.get("spec").setDescription("What is wanted of this " + kind + ".");
            properties
                    .get("status")
                    .setDescription("What minicloud knows of this " + kind + "; only minicloud writes it.");
            Schemas.walk(schema, (path, part) -> choices(part));
            version.setAdditionalPrinterColumns(columns(type));
        }
        return definition;
    }

    /** A pattern that is but a choice of words becomes an enum, which kubectl explains and the API server names in its error. */
    private static void choices(JSONSchemaProps part) {
        if (part.getPattern() == null) {
            return;
        }
        var choice = CHOICE.matcher(part.getPattern());
        if (choice.matches()) {
            part.setEnum(Arrays.stream(choice.group(1).split("[|]"))
                    .map(word -> (JsonNode) TextNode.valueOf(word))
                    .toList());
            part.setPattern(null);
        }
    }

    /** Ready and its reason first, Age last, the rest between them in the order of the annotations. */
    private static List<CustomResourceColumnDefinition> columns(Class<?> type) {
        var declared = Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(CrdFiles::column)
                .toList();
        var columns = new ArrayList<CustomResourceColumnDefinition>();
        declared.stream().filter(c -> rank(c) == 0).forEach(columns::add);
        declared.stream().filter(c -> rank(c) == 1).forEach(columns::add);
        declared.stream().filter(c -> rank(c) == 2).forEach(columns::add);
        return columns;
    }

    private static int rank(CustomResourceColumnDefinition column) {
        return switch (column.getName()) {
            case "Ready", "Reason" -> 0;
            case "Age" -> 2;
            default -> 1;
        };
    }

    private static CustomResourceColumnDefinition column(AdditionalPrinterColumn annotation) {
        var column = new CustomResourceColumnDefinition();
        column.setName(annotation.name());
        column.setJsonPath(annotation.jsonPath());
        column.setType(annotation.type().getValue());
        column.setPriority(annotation.priority() == 0 ? null : annotation.priority());
        return column;
    }

    /** The schema of the only version. */
    static JSONSchemaProps schema(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    private static final class Memory implements CRDGenerator.CRDOutput<OutputStream> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public OutputStream outputFor(String name) {
            return bytes;
        }

        @Override
        public URI crdURI(String name) {
            return URI.create("file:///" + name);
        }

        @Override
        public void close() {}
    }
}
