package io.github.keycloaknylas.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.mail.ExpectedIdentity;

/** Writes and reads an expected identity as the one column it takes. */
public final class ExpectedIdentityJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ExpectedIdentity NOBODY = new ExpectedIdentity(null, null, null, null, null);

    private ExpectedIdentityJson() {}

    /** As JSON, without the parts that are missing. */
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
