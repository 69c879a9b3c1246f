package io.github.keycloaknylas.testkit.nylas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.nylas.GrantEvent.Kind;
import java.util.UUID;

/** The envelope of a notification (https://developer.nylas.com/docs/reference/notifications/grants/). */
final class NotificationJson {

    private NotificationJson() {}

    static byte[] of(Notification notification) {
        ObjectNode json = Json.object()
                .put("specversion", "1.0")
                .put("type", notification.type())
                .put("source", "/nylas/system")
                .put("id", notification.id())
                .put("time", notification.time().getEpochSecond())
                .put("webhook_delivery_attempt", notification.attempt());
        json.putObject("data")
                .put("application_id", notification.event().applicationId())
                .set("object", object(notification.event()));
        return Json.write(json).getBytes(UTF_8);
    }

    private static ObjectNode object(GrantEvent event) {
        Grant grant = event.grant();
        ObjectNode json = Json.object()
                .put("code", event.kind().code())
                .put("grant_id", grant.id())
                .put("integration_id", integrationId(event.applicationId(), grant.provider()))
                .put("provider", grant.provider());
        if (grant.email() != null) {
            json.put("email", grant.email());
        }
        switch (event.kind()) {
            case CREATED -> {
                if (grant.name() != null) {
                    json.put("name", grant.name());
                }
                json.set("scope", Json.strings(grant.scope()));
            }
            case REAUTHENTICATED, UPDATED -> json.put("reauthentication_flag", event.kind() == Kind.REAUTHENTICATED);
            case EXPIRED -> json.put("grant_updated_at", grant.updatedAt().getEpochSecond());
            case DELETED -> {}
        }
        return json;
    }

    private static String integrationId(String applicationId, String provider) {
        return UUID.nameUUIDFromBytes((applicationId + "/" + provider).getBytes(UTF_8))
                .toString();
    }
}
