package io.github.keycloaknylas.testkit.microsoft;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens for Graph. Like at Microsoft, revoking refresh tokens leaves them alone until they expire. */
final class AccessTokens {

    static final Duration LIFE = Duration.ofSeconds(3599);

    record Access(String accountId, App app, Scopes scopes, Instant expiresAt) {}

    private final Map<String, Access> issued = new ConcurrentHashMap<>();

    String issue(String accountId, App app, Scopes scopes) {
        String value = Opaque.random("EwFake", 1100);
        issued.put(value, new Access(accountId, app, scopes, Instant.now().plus(LIFE)));
        return value;
    }

    Optional<Access> find(String value) {
        return Optional.ofNullable(issued.get(value))
                .filter(access -> access.expiresAt().isAfter(Instant.now()));
    }
}
