package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.monitoring.ObservedCalls;
import io.github.keycloaknylas.nylas.NylasClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.userprofile.UserProfileProvider;

/** Sets up and checks one realm, that of the session context. */
public final class Setup {

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final KeycloakSession session;
    private final RealmModel realm;

    /** @param realm realm that is set up; the session is bound to it */
    public Setup(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Checks without changing anything. */
    public SetupReport check() {
        return report(false);
    }

    /** Sets up what is missing, then checks. */
    public SetupReport run() {
        return report(true);
    }

    // Nylas is called before anything is written, so that no row is locked while a response is awaited.
    private SetupReport report(boolean change) {
        List<MappedProvider> providers = MappedProvider.of(session);
        Findings findings = new Findings();
        ClockCheck clock = new ClockCheck(InstantSource.system());
        // The client is the server's own: the configured proxy and truststore apply, and it is never closed here.
        try (NylasClient nylas = new NylasClient(
                session.getProvider(HttpClientProvider.class).getHttpClient(),
                DEADLINE,
                ObservedCalls.of(session),
                clock)) {
            NylasLookup lookup = new NylasLookup(nylas);
            List<CheckedProvider> checked = new Checks(session, realm, lookup).run(providers, findings);
            new LedgerChecks(session, realm, lookup).run(checked, findings);
        }
        clock.run(findings);
        List<GrantAttribute> attributes = attributes(providers);
        ClaimsScope scope = new ClaimsScope(realm);
        List<SetupStep> done = new ArrayList<>();
        if (change) {
            attributes.forEach(attribute -> done.add(attribute.setUp()));
            done.addAll(scope.setUp());
        }
        attributes.forEach(attribute -> attribute.check(findings, NextStep.setUp(realm.getName())));
        scope.check(findings);
        return new SetupReport(done, findings);
    }

    private List<GrantAttribute> attributes(List<MappedProvider> providers) {
        UserProfileProvider profile = session.getProvider(UserProfileProvider.class);
        List<String> names = providers.stream()
                .map(provider -> provider.settings().attribute())
                .distinct()
                .sorted()
                .toList();
        return (names.isEmpty() ? List.of(MapperProperties.DEFAULT_ATTRIBUTE) : names)
                .stream().flatMap(name -> GrantAttribute.of(profile, name)).toList();
    }
}
