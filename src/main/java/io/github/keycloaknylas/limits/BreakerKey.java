package io.github.keycloaknylas.limits;

/** What a circuit breaker stops. */
sealed interface BreakerKey {

    /** Returns the breaker as administrators see it. */
    OpenBreaker open(long until);

    /** A connection in trouble. */
    record Trouble(ConnectionKey connection) implements BreakerKey {

        @Override
        public OpenBreaker open(long until) {
            return report("unavailable", connection, null, until);
        }
    }

    /** A refused API key, together with the version of the connection. */
    record RefusedConnection(ConnectionKey connection, String version) implements BreakerKey {

        @Override
        public OpenBreaker open(long until) {
            return report("key_refused", connection, null, until);
        }
    }

    /** A refused credential, together with the version of the connection. */
    record RefusedCredential(CredentialKey credential, String version) implements BreakerKey {

        @Override
        public OpenBreaker open(long until) {
            return report(
                    "credential_refused",
                    credential.connection(),
                    credential.credentialId().orElse(null),
                    until);
        }
    }

    /** A missing setting. */
    record Setting(SettingKey key) implements BreakerKey {

        @Override
        public OpenBreaker open(long until) {
            return new OpenBreaker("setting_missing", null, null, null, until);
        }
    }

    /** A connection that Nylas asked to pause. */
    static OpenBreaker paused(ConnectionKey connection, long until) {
        return report("paused", connection, null, until);
    }

    private static OpenBreaker report(String reason, ConnectionKey connection, String credential, long until) {
        return new OpenBreaker(reason, connection.apiUrl().toString(), connection.application(), credential, until);
    }
}
