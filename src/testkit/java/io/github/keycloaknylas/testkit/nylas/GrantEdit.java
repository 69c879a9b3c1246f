package io.github.keycloaknylas.testkit.nylas;

import java.time.Instant;
import java.util.List;

/** A grant whose fields can be changed one by one. */
final class GrantEdit {

    final String id;
    final String provider;
    String email;
    String name;
    String providerUserId;
    String credentialId;
    List<String> scope = List.of();
    boolean valid = true;
    boolean blocked;
    String state;
    String userAgent;
    final Instant createdAt;
    Instant updatedAt;
    int authentications;

    GrantEdit(String id, String provider, Instant createdAt) {
        this.id = id;
        this.provider = provider;
        this.createdAt = createdAt;
    }

    GrantEdit(Grant grant) {
        this(grant.id(), grant.provider(), grant.createdAt());
        email = grant.email();
        name = grant.name();
        providerUserId = grant.providerUserId();
        credentialId = grant.credentialId();
        scope = grant.scope();
        valid = grant.valid();
        blocked = grant.blocked();
        state = grant.state();
        userAgent = grant.userAgent();
        updatedAt = grant.updatedAt();
        authentications = grant.authentications();
    }

    /** The credentials work, from now on. */
    void authenticated(Instant now) {
        valid = true;
        updatedAt = now;
        authentications++;
    }

    Grant grant() {
        return new Grant(
                id,
                provider,
                email,
                name,
                providerUserId,
                credentialId,
                scope,
                valid,
                blocked,
                state,
                userAgent,
                createdAt,
                updatedAt,
                authentications);
    }
}
