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
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;

/**
 * Nylas in memory, with several applications: one grant per application and mailbox, the same again for who asks
 * again, a new one only after a deletion.
 */
final class InMemoryNylas {

    /** Which application each API key belongs to. */
    static final Map<String, String> KEYS =
            Map.of("server-key-0", "app-1", "server-key-1", "app-1", "server-key-2", "app-2", "other-key", "app-2");

    interface Watch {

        /**
         * Told before Nylas does anything.
         *
         * @return the mailbox that the token opens
         */
        String handedOver(String token);

        /** An answer that names a grant is about to arrive. */
        void answers(String token, String grantId);

        /** An answer that refuses the token is about to arrive. */
        void refuses(String token);

        /** Told before Nylas does anything. */
        void deletes(String application, String grantId);
    }

    /** Where a grant is or was, and whose mailbox it opens. */
    record Place(String application, String mailbox) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Watch watch;
    private final Map<Place, String> grants = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private CallOutcome outcome = CallOutcome.DONE;
    private Runnable meanwhile = () -> {};
    private boolean silent;

    InMemoryNylas(Watch watch) {
        this.watch = watch;
    }

    /** How the next call goes, and what happens elsewhere while it is under way. */
    void prepare(CallOutcome how, Runnable elsewhere) {
        outcome = how;
        meanwhile = elsewhere;
    }

    /** Whether it leaves the question unanswered which application a key belongs to. */
    void silent(boolean now) {
        silent = now;
    }

    Optional<Place> place(String grantId) {
        return Optional.ofNullable(places.get(grantId));
    }

    /** Whether it was deleted by a call, and not in the dashboard. */
    boolean isDeleted(String grantId) {
        return deleted.contains(grantId);
    }

    /** Those that were made and not deleted. */
    Set<String> grants() {
        return Set.copyOf(grants.values());
    }

    /** Somebody deletes the mailbox' grants in the dashboard. */
    void lose(String mailbox) {
        grants.keySet().removeIf(place -> place.mailbox().equals(mailbox));
    }

    CloseableHttpResponse answer(HttpUriRequest request) throws IOException {
        String application =
                KEYS.get(request.getFirstHeader("Authorization").getValue().split(" ")[1]);
        if (request instanceof HttpGet) {
            return silent
                    ? CannedResponse.error(503, "api.unavailable", "Down")
                    : new CannedResponse(
                            200, "{\"request_id\":\"r\",\"data\":{\"application_id\":\"" + application + "\"}}");
        }
        CallOutcome how = outcome;
        Runnable elsewhere = meanwhile;
        prepare(CallOutcome.DONE, () -> {});
        return request instanceof HttpPost post
                ? connect(application, post, how, elsewhere)
                : delete(application, request.getURI().getPath(), how, elsewhere);
    }

    private static void arrive(CallOutcome how, Runnable elsewhere) throws IOException {
        elsewhere.run();
        if (how.crashes()) {
            throw new WorkerCrash();
        }
        if (how.breaksOff()) {
            throw new NoHttpResponseException("Broken off");
        }
    }

    private CloseableHttpResponse connect(String application, HttpPost post, CallOutcome how, Runnable elsewhere)
            throws IOException {
        String token = JSON.readTree(post.getEntity().getContent())
                .path("settings")
                .path("refresh_token")
                .asText();
        String mailbox = watch.handedOver(token);
        if (!how.isDone()) {
            arrive(how, elsewhere);
            if (how == CallOutcome.REFUSES_THE_TOKEN) {
                watch.refuses(token);
            }
            return refusal(how);
        }
        Place place = new Place(application, mailbox);
        String id = grants.computeIfAbsent(place, missing -> "grant-" + (places.size() + 1));
        places.put(id, place);
        arrive(how, elsewhere);
        watch.answers(token, id);
        return new CannedResponse(
                200,
                "{\"request_id\":\"r\",\"data\":{\"id\":\"" + id + "\""
                        + (how.namesTheAddress() ? ",\"email\":\"" + Simulation.address(mailbox) + "\"" : "")
                        + (how.namesTheId() ? ",\"provider_user_id\":\"oid-" + mailbox + "\"" : "")
                        + ",\"scope\":[\"Mail.Read\",\"Calendars.Read\"]}}");
    }

    private CloseableHttpResponse delete(String application, String path, CallOutcome how, Runnable elsewhere)
            throws IOException {
        String id = path.substring(path.lastIndexOf('/') + 1);
        watch.deletes(application, id);
        boolean found = how.isDone()
                && grants.entrySet()
                        .removeIf(grant -> grant.getValue().equals(id)
                                && grant.getKey().application().equals(application));
        if (found) {
            deleted.add(id);
        }
        arrive(how, elsewhere);
        if (!how.isDone()) {
            return refusal(how);
        }
        return found
                ? new CannedResponse(200, "{\"request_id\":\"r\"}")
                : CannedResponse.error(404, "not_found", "No such grant");
    }

    private static CannedResponse refusal(CallOutcome how) {
        return switch (how) {
            case REFUSES_THE_TOKEN -> CannedResponse.error(400, "invalid_grant", "AADSTS70000");
            case REFUSES_THE_CLIENT -> CannedResponse.error(400, "invalid_client", "AADSTS7000215");
            case REFUSES_THE_KEY -> CannedResponse.error(401, "api.unauthorized", "Bad key");
            case REFUSES_THE_REQUEST -> CannedResponse.error(400, "api.invalid_request", "Odd");
            case ASKS_FOR_A_PAUSE ->
                CannedResponse.error(429, "api.rate_limit", "Slow").with("Retry-After", "120");
            case ANSWERS_NONSENSE -> new CannedResponse(200, "<html>Welcome</html>");
            default -> CannedResponse.error(503, "api.unavailable", "Down");
        };
    }
}
