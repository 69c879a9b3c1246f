package io.github.keycloaknylas.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.mail.ExpectedIdentity;

/** Converts an expected identity to and from the text of its column. */
public final class ExpectedIdentityJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ExpectedIdentity NOBODY = new ExpectedIdentity(null, null, null, null, null);

    private ExpectedIdentityJson() {}

    /** Writes an identity as JSON, without the missing parts. */
    public static String write(ExpectedIdentity identity) {
        try {
            return JSON.writeValueAsString(identity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads what {@link #write} wrote; anything else is an identity that fits no mailbox. */
    public static ExpectedIdentity read(String json) {
        try {
            return json == null ? NOBODY : JSON.readValue(json, ExpectedIdentity.class);
        } catch (JsonProcessingException e) {
            return NOBODY;
        }
    }
}
