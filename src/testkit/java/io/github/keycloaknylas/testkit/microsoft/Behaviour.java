package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Response;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** How one account behaves, to be changed at any time from any thread. A new account is well-behaved. */
public final class Behaviour {

    private static final int USUAL_LENGTH = 1200;
    private static final int BETWEEN_MARKS = 32;

    private final Queue<UnaryOperator<Response>> rewrites = new ConcurrentLinkedQueue<>();
    private volatile boolean refusesConsent;
    private volatile boolean withoutRefreshToken;
    private volatile boolean interactionRequired;
    private volatile int refreshTokenLength = USUAL_LENGTH;
    private volatile String refreshTokenMark = "";
    private volatile Duration latency = Duration.ZERO;

    Behaviour() {}

    /** Sets whether consent is refused, whichever button is pressed. */
    public Behaviour refuseConsent(boolean refuse) {
        refusesConsent = refuse;
        return this;
    }

    /** Sets whether Microsoft withholds refresh tokens although {@code offline_access} was granted. */
    public Behaviour withholdRefreshToken(boolean withhold) {
        withoutRefreshToken = withhold;
        return this;
    }

    /** Sets whether refreshing is answered by {@code interaction_required} (AADSTS50076: second factor needed). */
    public Behaviour requireInteraction(boolean require) {
        interactionRequired = require;
        return this;
    }

    /**
     * Sets how long refresh tokens issued from now on are.
     *
     * @param characters the length, at least 32
     * @throws IllegalArgumentException if it is shorter
     */
    public Behaviour refreshTokenLength(int characters) {
        if (characters < 32) {
            throw new IllegalArgumentException("a refresh token of " + characters + " characters could be guessed");
        }
        refreshTokenLength = characters;
        return this;
    }

    /**
     * Writes a mark into refresh tokens issued from now on, over and over: even a short piece of such a
     * token is recognised.
     *
     * @param mark any text; empty for none
     */
    public Behaviour markRefreshTokens(String mark) {
        refreshTokenMark = mark;
        return this;
    }

    /** Sets how much later the token endpoint and Graph return successful responses; zero is at once. */
    public Behaviour latency(Duration delay) {
        latency = delay;
        return this;
    }

    /**
     * Replaces the next successful response of the token endpoint; several calls queue up. The request is still checked
     * first, and tokens are still issued, but not returned.
     *
     * @param status the HTTP status
     * @param rawJson the body, sent as it is
     */
    public Behaviour nextTokenResponse(int status, String rawJson) {
        rewrites.add(genuine -> Entra.rawJson(status, rawJson));
        return this;
    }

    /**
     * Rewrites the next successful response of the token endpoint; several calls queue up.
     *
     * @param rewrite gets the genuine JSON and returns what is sent instead
     */
    public Behaviour rewriteNextTokenResponse(UnaryOperator<String> rewrite) {
        rewrites.add(genuine -> Entra.rawJson(genuine.status(), rewrite.apply(genuine.body())));
        return this;
    }

    boolean refusesConsent() {
        return refusesConsent;
    }

    boolean withoutRefreshToken() {
        return withoutRefreshToken;
    }

    boolean interactionRequired() {
        return interactionRequired;
    }

    String newRefreshToken() {
        String token = Opaque.random("1.AXoA", refreshTokenLength);
        return refreshTokenMark.isEmpty() ? token : marked(token);
    }

    private String marked(String token) {
        StringBuilder marked = new StringBuilder();
        for (int at = 0; at < token.length(); at += BETWEEN_MARKS) {
            marked.append(token, at, Math.min(at + BETWEEN_MARKS, token.length()))
                    .append(refreshTokenMark);
        }
        return marked.toString();
    }

    Response delayed(Response response) {
        return response.after(latency);
    }

    Response rewritten(Response genuine) {
        UnaryOperator<Response> rewrite = rewrites.poll();
        return rewrite == null ? genuine : rewrite.apply(genuine);
    }
}
