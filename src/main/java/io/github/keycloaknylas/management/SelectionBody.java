package io.github.keycloaknylas.management;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.ledger.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The body of a decision about several rows: {@code {"provider": "<alias>"}} or {@code {"ids": ["…"]}}. */
final class SelectionBody {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final int LONGEST = 100_000;
    private static final int MOST = 1_000;

    private SelectionBody() {}

    /**
     * Reads the body.
     *
     * @param id what the IDs look like
     */
    static Selection read(InputStream body, String realmId, Pattern id) {
        JsonNode json = json(body);
        Set<String> fields = new TreeSet<>();
        json.fieldNames().forEachRemaining(fields::add);
        if (fields.equals(Set.of("provider")) && json.get("provider").isTextual()) {
            return new Selection(realmId, Optional.of(json.get("provider").textValue()), List.of());
        }
        if (fields.equals(Set.of("ids")) && json.get("ids").isArray()) {
            return new Selection(realmId, Optional.empty(), ids(json.get("ids"), id));
        }
        throw malformed();
    }

    private static List<String> ids(JsonNode array, Pattern pattern) {
        List<String> ids = new ArrayList<>();
        for (JsonNode id : array) {
            if (!id.isTextual() || !pattern.matcher(id.textValue()).matches()) {
                throw malformed();
            }
            ids.add(id.textValue());
        }
        if (ids.isEmpty() || ids.size() > MOST) {
            throw malformed();
        }
        return ids;
    }

    // One byte more than permitted is read, so that a longer body is noticed without being held in memory.
    private static JsonNode json(InputStream body) {
        try {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(LONGEST + 1);
            JsonNode json = bytes.length > LONGEST ? null : JSON.readTree(bytes);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // The same sentence follows: what was sent is not repeated.
        }
        throw malformed();
    }

    private static RuntimeException malformed() {
        return Refusal.badRequest("The body is a JSON object with one field: either \"provider\" with the alias of an"
                + " identity provider, which selects all of its rows, or \"ids\" with 1 to " + MOST
                + " ids of the list.");
    }
}
