package io.github.keycloaknylas.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;

/** Nylas in memory: one grant per mailbox, the same again for who asks again, a new one only after a deletion. */
final class MemoryNylas {

    interface Watch {

        /**
         * Told before Nylas does anything.
         *
         * @return the mailbox that the token opens
         */
        String handedOver(String token);

        /** An answer that names a grant is about to arrive. */
        void answers(String token, String grantId);

        /** Told before Nylas does anything. */
        void deletes(String grantId);
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Watch watch;
    private final Map<String, String> grants = new HashMap<>();
    private final Map<String, String> mailboxes = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private Behaves behaves = Behaves.WELL;
    private Runnable meanwhile = () -> {};

    MemoryNylas(Watch watch) {
        this.watch = watch;
    }

    /** How the next calls go, and what happens elsewhere while the first of them is under way. */
    void prepare(Behaves how, Runnable elsewhere) {
        behaves = how;
        meanwhile = elsewhere;
    }

    /** Whose mailbox a grant is or was of. */
    Optional<String> mailbox(String grantId) {
        return Optional.ofNullable(mailboxes.get(grantId));
    }

    /** Whether it was deleted by a call, and not in the dashboard. */
    boolean isDeleted(String grantId) {
        return deleted.contains(grantId);
    }

    /** Those that were made and not deleted. */
    Set<String> grants() {
        return Set.copyOf(grants.values());
    }

    /** Somebody deletes the mailbox' grant in the dashboard. */
    void lose(String mailbox) {
        grants.remove(mailbox);
    }

    CloseableHttpResponse answer(HttpUriRequest request) throws IOException {
        Behaves how = behaves;
        Runnable elsewhere = meanwhile;
        prepare(Behaves.WELL, () -> {});
        return request instanceof HttpPost post
                ? connect(post, how, elsewhere)
                : delete(request.getURI().getPath(), how, elsewhere);
    }

    private static void arrive(Behaves how, Runnable elsewhere) throws IOException {
        elsewhere.run();
        if (how.kills()) {
            throw new Dies();
        }
        if (how.breaksOff()) {
            throw new NoHttpResponseException("Broken off");
        }
    }

    private CloseableHttpResponse connect(HttpPost post, Behaves how, Runnable elsewhere) throws IOException {
        String token = JSON.readTree(post.getEntity().getContent())
                .path("settings")
                .path("refresh_token")
                .asText();
        String mailbox = watch.handedOver(token);
        if (!how.isDone()) {
            arrive(how, elsewhere);
            return refusal(how);
        }
        String id = grants.computeIfAbsent(mailbox, missing -> "grant-" + (mailboxes.size() + 1));
        mailboxes.put(id, mailbox);
        arrive(how, elsewhere);
        watch.answers(token, id);
        String names = how == Behaves.NAMELESS
                ? ""
                : ",\"email\":\"" + mailbox + "@example.com\",\"provider_user_id\":\"oid-" + mailbox + "\"";
        return new MemoryReply(
                200,
                "{\"request_id\":\"r\",\"data\":{\"id\":\"" + id + "\"" + names
                        + ",\"scope\":[\"Mail.Read\",\"Calendars.Read\"]}}");
    }

    private CloseableHttpResponse delete(String path, Behaves how, Runnable elsewhere) throws IOException {
        String id = path.substring(path.lastIndexOf('/') + 1);
        watch.deletes(id);
        boolean found = how.isDone() && grants.values().remove(id);
        if (found) {
            deleted.add(id);
        }
        arrive(how, elsewhere);
        if (!how.isDone()) {
            return refusal(how);
        }
        return found
                ? new MemoryReply(200, "{\"request_id\":\"r\"}")
                : MemoryReply.error(404, "not_found", "No such grant");
    }

    private static MemoryReply refusal(Behaves how) {
        return switch (how) {
            case REFUSES_THE_TOKEN -> MemoryReply.error(400, "invalid_grant", "AADSTS70000");
            case REFUSES_THE_CLIENT -> MemoryReply.error(400, "invalid_client", "AADSTS7000215");
            case REFUSES_THE_KEY -> MemoryReply.error(401, "api.unauthorized", "Bad key");
            case REFUSES_THE_REQUEST -> MemoryReply.error(400, "api.invalid_request", "Odd");
            case ASKS_FOR_A_PAUSE ->
                MemoryReply.error(429, "api.rate_limit", "Slow").with("Retry-After", "120");
            case ANSWERS_NONSENSE -> new MemoryReply(200, "<html>Welcome</html>");
            default -> MemoryReply.error(503, "api.unavailable", "Down");
        };
    }
}
