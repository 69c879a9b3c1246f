package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.function.Consumer;

/**
 * Faults in an otherwise successful response: the request is processed, and {@code data} is changed in the response.
 * The stored grant stays correct, so a later {@code GET} returns it unchanged.
 */
public final class GrantFaults {

    private GrantFaults() {}

    /** {@return 2xx without a grant id} */
    public static Fault withoutId() {
        return data("without id", data -> data.remove("id"));
    }

    /** {@return 2xx without an e-mail, as when {@code openid} was not consented} */
    public static Fault withoutEmail() {
        return data("without e-mail", data -> data.remove("email"));
    }

    /** {@return 2xx with a grant whose status is {@code invalid}} */
    public static Fault invalid() {
        return data("invalid", data -> data.put("grant_status", "invalid"));
    }

    /**
     * 2xx with a grant of another provider.
     *
     * @param provider for instance {@code ews}
     * @return the fault
     */
    public static Fault otherProvider(String provider) {
        return data("other provider", data -> data.put("provider", provider));
    }

    /**
     * 2xx with another mailbox.
     *
     * @param email the address to return
     * @return the fault
     */
    public static Fault otherEmail(String email) {
        return data("other e-mail", data -> data.put("email", email));
    }

    /**
     * 2xx with another Microsoft user.
     *
     * @param providerUserId the ID to return
     * @return the fault
     */
    public static Fault otherProviderUserId(String providerUserId) {
        return data("other provider_user_id", data -> data.put("provider_user_id", providerUserId));
    }

    /**
     * 2xx with a grant ID of the test's choice, for instance one that another user holds.
     *
     * @param grantId the ID to return
     * @return the fault
     */
    public static Fault otherId(String grantId) {
        return data("other id", data -> data.put("id", grantId));
    }

    /**
     * A success whose body is far too large.
     *
     * @param bytes how much to add, for instance 10,000,000
     * @return the fault
     */
    public static Fault hugeBody(int bytes) {
        return data("huge body", data -> data.put("padding", "x".repeat(bytes)));
    }

    private static Fault data(String name, Consumer<ObjectNode> change) {
        return new Fault(name, (id, honest, writer) -> writer.send(changed(honest.get(), change)));
    }

    private static Response changed(Response response, Consumer<ObjectNode> change) {
        JsonNode body = Json.read(response.body());
        if (response.status() >= 300 || !(body.get("data") instanceof ObjectNode data)) {
            return response;
        }
        change.accept(data);
        return new Response(response.status(), response.headers(), Json.write(body), response.delay());
    }
}
