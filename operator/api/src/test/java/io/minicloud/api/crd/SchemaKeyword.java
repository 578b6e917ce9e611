package io.minicloud.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** When a keyword of a schema that was changed still takes all that it took, and means by it what it meant. */
enum SchemaKeyword {
    /** Only people read it. */
    PROSE {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return true;
        }
    },
    /** An upper limit may rise; absent is infinity. */
    UPPER_LIMIT {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return is.isMissingNode()
                    || !was.isMissingNode() && was.decimalValue().compareTo(is.decimalValue()) <= 0;
        }
    },
    /** A lower limit may sink; absent is minus infinity. */
    LOWER_LIMIT {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return is.isMissingNode()
                    || !was.isMissingNode() && is.decimalValue().compareTo(was.decimalValue()) <= 0;
        }
    },
    /** What is a restriction when it is true may become false. */
    RESTRICTION {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return was.asBoolean() || !is.asBoolean();
        }
    },
    /** What is a freedom when it is true may become true. */
    FREEDOM {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return is.asBoolean() || !was.asBoolean();
        }
    },
    /** Values may be added to a choice, and a choice may become free. */
    CHOICE {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return is.isMissingNode() || !was.isMissingNode() && elements(is).containsAll(elements(was));
        }
    },
    /** A condition may go; whether another one is wider cannot be told. */
    CONDITION {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return is.isMissingNode() || is.equals(was);
        }
    },
    /** How fields and entries are merged; absent is the first name, as the API server has it. */
    LIST_TYPE {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return was.asText("atomic").equals(is.asText("atomic"));
        }
    },
    MAP_TYPE {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return was.asText("granular").equals(is.asText("granular"));
        }
    },
    /** Any change of it changes what is stored, merged or understood. Also what this list does not know. */
    FIXED {
        @Override
        boolean takesAll(JsonNode was, JsonNode is) {
            return was.equals(is);
        }
    };

    /** Whether everything that the keyword took with the old value it takes with the new one; a missing node is absence. */
    abstract boolean takesAll(JsonNode was, JsonNode is);

    static SchemaKeyword of(String keyword) {
        return switch (keyword) {
            case "description", "title", "example", "externalDocs" -> PROSE;
            case "maxLength", "maxItems", "maxProperties", "maximum" -> UPPER_LIMIT;
            case "minLength", "minItems", "minProperties", "minimum" -> LOWER_LIMIT;
            case "exclusiveMaximum", "exclusiveMinimum", "uniqueItems" -> RESTRICTION;
            case "nullable", "x-kubernetes-preserve-unknown-fields" -> FREEDOM;
            case "enum" -> CHOICE;
            case "pattern", "format", "multipleOf", "not", "allOf", "anyOf", "oneOf" -> CONDITION;
            case "x-kubernetes-list-type" -> LIST_TYPE;
            case "x-kubernetes-map-type" -> MAP_TYPE;
            default -> FIXED;
        };
    }

    static Set<JsonNode> elements(JsonNode array) {
        var elements = new HashSet<JsonNode>();
        array.forEach(elements::add);
        return elements;
    }
}
