package io.github.keycloaknylas.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the {@code data} of Nylas' responses. Returns nothing if a response lacks what was requested. */
final class ResponseReader {

    private static final Pattern GRANT_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern APPLICATION_ID = Pattern.compile("[!-~]{1,255}");

    private ResponseReader() {}

    /**
     * Nylas also accepts {@code email:…}, {@code external:…} or a bare address where an ID is expected (API reference:
     * "Grants"), and {@code ..} would climb in the path: none of them is accepted as an ID.
     */
    static boolean isGrantId(String id) {
        return id != null && GRANT_ID.matcher(id).matches();
    }

    /** Reads a grant that is of this provider and works: Nylas reports success for others, too. */
    static Optional<NylasGrant> connectedGrant(NylasProvider provider, NylasResponse response) {
        return grant(response).filter(grant -> grant.valid() && isOf(provider, response));
    }

    static Optional<NylasGrant> grant(NylasResponse response) {
        return grant(response.data());
    }

    private static Optional<NylasGrant> grant(JsonNode data) {
        return Optional.ofNullable(text(data, "id"))
                .filter(ResponseReader::isGrantId)
                .map(id -> new NylasGrant(
                        id,
                        text(data, "email"),
                        text(data, "provider_user_id"),
                        scopes(data),
                        isMissingOr("valid", data.path("grant_status")),
                        Optional.ofNullable(text(data, "state"))
                                .filter(GrantRequest::isState)
                                .orElse(null)));
    }

    /**
     * Reads the grant that was asked for, or that there is none. A 404 counts only in Nylas' own words: that of a
     * gateway proves nothing about the grant.
     */
    static Optional<Optional<NylasGrant>> grantOrNone(String grantId, NylasResponse response) {
        if (isNotFound(response)) {
            return Optional.of(Optional.empty());
        }
        return grant(response).filter(grant -> grant.id().equals(grantId)).map(Optional::of);
    }

    /** Reads a page of grants. One that cannot be read is left out. */
    static Optional<List<NylasGrant>> grants(NylasResponse response) {
        return Optional.of(response.data())
                .filter(JsonNode::isArray)
                .map(data -> StreamSupport.stream(data.spliterator(), false)
                        .map(ResponseReader::grant)
                        .flatMap(Optional::stream)
                        .toList());
    }

    static boolean isOf(NylasProvider provider, NylasResponse response) {
        return isMissingOr(provider.name(), response.data().path("provider"));
    }

    private static boolean isMissingOr(String expected, JsonNode value) {
        return value.isMissingNode() || value.isNull() || value.asText().equalsIgnoreCase(expected);
    }

    static Optional<NylasConnector> connector(NylasResponse response) {
        return Optional.of(response.data()).filter(JsonNode::isObject).map(data -> {
            JsonNode settings = data.path("settings");
            return new NylasConnector(text(settings, "client_id"), text(settings, "tenant"), scopes(data));
        });
    }

    static Optional<NylasApplication> application(NylasResponse response) {
        JsonNode data = response.data();
        return Optional.ofNullable(text(data, "application_id"))
                .filter(id -> APPLICATION_ID.matcher(id).matches())
                .map(id -> new NylasApplication(id, text(data, "region"), text(data, "environment")));
    }

    /** Accepts a 404 as {@link #grantOrNone} does. */
    static Optional<DeletionOutcome> deletion(NylasResponse response) {
        if (isNotFound(response)) {
            return Optional.of(DeletionOutcome.ALREADY_GONE);
        }
        boolean deleted = response.status() == 204 || response.success() && response.json();
        return deleted ? Optional.of(DeletionOutcome.DELETED) : Optional.empty();
    }

    static boolean isNotFound(NylasResponse response) {
        return response.status() == 404 && response.body().has("error");
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }

    private static Set<String> scopes(JsonNode data) {
        JsonNode scope = data.path("scope");
        Stream<String> names = scope.isTextual()
                ? Arrays.stream(scope.textValue().split("\\s+"))
                : StreamSupport.stream(scope.spliterator(), false).map(JsonNode::asText);
        return names.filter(name -> !name.isBlank()).collect(Collectors.toSet());
    }
}
