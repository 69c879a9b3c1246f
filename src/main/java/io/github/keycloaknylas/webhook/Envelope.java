package io.github.keycloaknylas.webhook;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parts of a notification that are needed (Nylas: "Notification schemas"). What it says about the grant is not read:
 * notifications come late, twice and in any order.
 *
 * @param eventId the same in every delivery of the event
 * @param type for instance {@code grant.expired}
 * @param grantId null if the type is not needed
 * @param application ID of the Nylas application, if it is named
 * @param eventAt in milliseconds since the epoch, or null
 */
record Envelope(String eventId, String type, String grantId, Optional<String> application, Long eventAt) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> NEEDED =
            Set.of("grant.created", "grant.updated", "grant.expired", "grant.deleted");
    private static final Pattern GRANT_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern APPLICATION_ID = Pattern.compile("[!-~]{1,255}");
    private static final long LAST_SECOND = 253_402_300_799L;

    /** @throws UnreadableBodyException if this is not a notification */
    static Envelope read(byte[] content) throws UnreadableBodyException {
        JsonNode root = parse(content);
        String type = text(root, "type").orElseThrow(Envelope::notANotification);
        String eventId = text(root, "id").orElseThrow(Envelope::notANotification);
        JsonNode data = root.path("data");
        Optional<String> grantId = text(data.path("object"), "grant_id")
                .filter(id -> GRANT_ID.matcher(id).matches());
        Optional<String> application = text(data, "application_id");
        boolean needed = NEEDED.contains(type);
        if (needed && grantId.isEmpty()
                || application.isPresent()
                        && !APPLICATION_ID.matcher(application.get()).matches()) {
            throw notANotification();
        }
        return new Envelope(eventId, type, grantId.orElse(null), application, time(root.path("time")));
    }

    boolean isNeeded() {
        return NEEDED.contains(type);
    }

    private static JsonNode parse(byte[] content) throws UnreadableBodyException {
        try {
            return JSON.readTree(content);
        } catch (IOException e) {
            throw notANotification();
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue()).filter(text -> !text.isBlank());
    }

    private static Long time(JsonNode seconds) {
        boolean plausible = seconds.isIntegralNumber()
                && seconds.canConvertToLong()
                && seconds.longValue() >= 0
                && seconds.longValue() <= LAST_SECOND;
        return plausible ? seconds.longValue() * 1000 : null;
    }

    private static UnreadableBodyException notANotification() {
        return new UnreadableBodyException(Answer.NOT_A_NOTIFICATION);
    }
}
