package io.github.keycloaknylas.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;

/** Nylas in memory, with several applications: takes the calls of the workers and answers as it is told to. */
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

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Short, so that a few grants take several pages. */
    private static final int PAGE = 2;

    private final Watch watch;
    private final GrantBook grants;
    private CallOutcome outcome = CallOutcome.DONE;
    private Runnable meanwhile = () -> {};
    private int callsBefore;
    private boolean silent;

    InMemoryNylas(Watch watch, GrantBook grants) {
        this.watch = watch;
        this.grants = grants;
    }

    /** How the next call goes, and what happens elsewhere while it is under way. */
    void prepare(CallOutcome how, Runnable elsewhere) {
        prepare(how, elsewhere, 0);
    }

    /** @param calls how many calls go well before */
    void prepare(CallOutcome how, Runnable elsewhere, int calls) {
        outcome = how;
        meanwhile = elsewhere;
        callsBefore = calls;
    }

    /** Whether it leaves the question unanswered which application a key belongs to. */
    void silent(boolean now) {
        silent = now;
    }

    CloseableHttpResponse answer(HttpUriRequest request) throws IOException {
        String application =
                KEYS.get(request.getFirstHeader("Authorization").getValue().split(" ")[1]);
        if (request.getURI().getPath().endsWith("/applications")) {
            return silent
                    ? CannedResponse.error(503, "api.unavailable", "Down")
                    : new CannedResponse(
                            200, "{\"request_id\":\"r\",\"data\":{\"application_id\":\"" + application + "\"}}");
        }
        if (callsBefore-- > 0) {
            return answer(application, request, CallOutcome.DONE, () -> {});
        }
        CallOutcome how = outcome;
        Runnable elsewhere = meanwhile;
        prepare(CallOutcome.DONE, () -> {});
        return answer(application, request, how, elsewhere);
    }

    private CloseableHttpResponse answer(
            String application, HttpUriRequest request, CallOutcome how, Runnable elsewhere) throws IOException {
        if (request instanceof HttpGet) {
            return read(application, request.getURI(), how, elsewhere);
        }
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
        String id = grants.connect(new GrantBook.Place(application, mailbox));
        CannedResponse answer = grant(id, how);
        arrive(how, elsewhere);
        watch.answers(token, id);
        return answer;
    }

    // What is read is what was when the call arrived, although other things happen before the answer does.
    private CloseableHttpResponse read(String application, URI uri, CallOutcome how, Runnable elsewhere)
            throws IOException {
        CannedResponse answer = uri.getQuery() == null ? one(application, uri, how) : page(application, uri);
        arrive(how, elsewhere);
        return how.isDone() ? answer : refusal(how);
    }

    private CannedResponse one(String application, URI uri, CallOutcome how) {
        String id = uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
        return grants.listed(application).contains(id)
                ? grant(id, how)
                : CannedResponse.error(404, "not_found_error", "No such grant");
    }

    private CannedResponse grant(String id, CallOutcome how) {
        return new CannedResponse(200, "{\"request_id\":\"r\",\"data\":" + json(id, how) + "}");
    }

    private CannedResponse page(String application, URI uri) {
        int offset = Integer.parseInt(uri.getQuery().replaceAll(".*offset=([0-9]+).*", "$1"));
        List<String> all = grants.listed(application);
        return new CannedResponse(
                200,
                all.stream()
                        .skip(offset)
                        .limit(PAGE)
                        .map(id -> json(id, CallOutcome.DONE))
                        .collect(Collectors.joining(",", "{\"request_id\":\"r\",\"data\":[", "]}")));
    }

    private String json(String id, CallOutcome how) {
        String person = grants.person(id);
        return "{\"id\":\"" + id + "\",\"grant_status\":\""
                + (grants.truth(id) == GrantBook.Truth.INVALID ? "invalid" : "valid") + "\""
                + (how.namesTheAddress() ? ",\"email\":\"" + Simulation.address(person) + "\"" : "")
                + (how.namesTheId() ? ",\"provider_user_id\":\"oid-" + person + "\"" : "")
                + ",\"scope\":[\"Mail.Read\",\"Calendars.Read\"]}";
    }

    private CloseableHttpResponse delete(String application, String path, CallOutcome how, Runnable elsewhere)
            throws IOException {
        String id = path.substring(path.lastIndexOf('/') + 1);
        watch.deletes(application, id);
        boolean found = how.isDone() && grants.delete(application, id);
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
