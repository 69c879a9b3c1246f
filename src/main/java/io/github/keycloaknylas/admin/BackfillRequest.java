package io.github.keycloaknylas.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.backfill.BackfillOrder;
import io.github.keycloaknylas.setup.RefusedCallException;
import jakarta.ws.rs.core.Response.Status;
import java.util.Iterator;
import java.util.Set;

/**
 * The body of the call that starts a backfill.
 *
 * @param provider alias of the identity provider
 * @param dryRun whether links are only counted
 * @param rate tokens to queue per second
 */
record BackfillRequest(String provider, boolean dryRun, int rate) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> MEMBERS = Set.of("provider", "dryRun", "rate");
    private static final String EXAMPLE = "{\"provider\": \"<alias>\", \"dryRun\": true, \"rate\": 5}";

    static BackfillRequest read(String body) throws RefusedCallException {
        JsonNode json = json(body);
        for (Iterator<String> members = json.fieldNames(); members.hasNext(); ) {
            String member = members.next();
            require(MEMBERS.contains(member), "'" + member + "' is not known. The body is like " + EXAMPLE + ".");
        }
        JsonNode provider = json.path("provider");
        require(
                provider.isTextual() && !provider.asText().isBlank(),
                "Name the alias of an identity provider in 'provider'.");
        JsonNode dryRun = json.path("dryRun");
        require(dryRun.isBoolean(), "Set 'dryRun' to true to count the tokens only, or to false to hand them over.");
        JsonNode rate = json.path("rate");
        require(
                rate.isMissingNode() || rate.isInt() && rate.asInt() >= 1 && rate.asInt() <= BackfillOrder.FASTEST,
                "'rate' is a number of tokens per second from 1 to " + BackfillOrder.FASTEST + ".");
        return new BackfillRequest(provider.asText(), dryRun.asBoolean(), rate.asInt(BackfillOrder.DEFAULT_RATE));
    }

    private static JsonNode json(String body) throws RefusedCallException {
        try {
            JsonNode json = JSON.readTree(body == null ? "" : body);
            require(json.isObject(), "The body is JSON like " + EXAMPLE + ".");
            return json;
        } catch (JsonProcessingException e) {
            throw new RefusedCallException(Status.BAD_REQUEST, "The body is JSON like " + EXAMPLE + ".");
        }
    }

    private static void require(boolean fulfilled, String sentence) throws RefusedCallException {
        if (!fulfilled) {
            throw new RefusedCallException(Status.BAD_REQUEST, sentence);
        }
    }
}
