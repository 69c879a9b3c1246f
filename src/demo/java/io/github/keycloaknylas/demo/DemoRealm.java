package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.Fakes;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.EntraUrls;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.SetUpCall;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** The realm of the demo, made as an administrator would make it. */
record DemoRealm(OidcClient oidc) {

    static final String NAME = OidcClient.REALM;

    private static final String ALIAS = "microsoft-fake";
    private static final Set<String> LANGUAGES = new LinkedHashSet<>(List.of("en", "de", "fr", "es", "ja"));

    static DemoRealm create(KeycloakServer server, EntraUrls microsoft, int appPort) {
        URI app = URI.create("http://localhost:" + appPort);
        RealmRepresentation realm = speaking(new RealmRepresentation());
        realm.setRealm(NAME);
        realm.setDisplayName("Demo of keycloak-nylas");
        realm.setEnabled(true);
        realm.setIdentityProviders(List.of(provider(microsoft)));
        realm.setIdentityProviderMappers(List.of(mapper()));
        realm.setClients(List.of(client(app)));
        server.admin().realms().create(realm);

        RealmResource master = server.admin().realm("master");
        master.update(speaking(master.toRepresentation()));
        SetUpCall.to(server, NAME);
        give(server.admin().realm(NAME), "nylas");
        return new DemoRealm(OidcClient.ofTheDemo(server.baseUrl(), app));
    }

    private static RealmRepresentation speaking(RealmRepresentation realm) {
        realm.setInternationalizationEnabled(true);
        realm.setSupportedLocales(LANGUAGES);
        realm.setDefaultLocale("en");
        return realm;
    }

    private static IdentityProviderRepresentation provider(EntraUrls common) {
        EntraUrls tenant = common.forTenant(Account.CONTOSO);
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(ALIAS);
        provider.setDisplayName("Microsoft (fake)");
        provider.setProviderId("oidc");
        provider.setEnabled(true);
        provider.setTrustEmail(true);
        provider.setConfig(new TreeMap<>(Map.of(
                "clientId", App.DEFAULT.clientId(),
                "clientSecret", App.DEFAULT.clientSecret(),
                "clientAuthMethod", "client_secret_post",
                "defaultScope", Fakes.SCOPES,
                "issuer", tenant.issuer(),
                "authorizationUrl", tenant.authorizeUrl().toString(),
                "tokenUrl", tenant.tokenUrl().toString(),
                "jwksUrl", tenant.jwksUrl().toString(),
                "useJwksUrl", "true",
                "validateSignature", "true")));
        return provider;
    }

    private static IdentityProviderMapperRepresentation mapper() {
        IdentityProviderMapperRepresentation mapper = new IdentityProviderMapperRepresentation();
        mapper.setName("Nylas grant");
        mapper.setIdentityProviderAlias(ALIAS);
        mapper.setIdentityProviderMapper(Fakes.MAPPER);
        mapper.setConfig(Map.of("syncMode", "INHERIT"));
        return mapper;
    }

    private static ClientRepresentation client(URI app) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(OidcClient.ID);
        client.setName("Example application");
        client.setSecret(OidcClient.SECRET);
        client.setBaseUrl(app.toString());
        client.setRedirectUris(List.of(app + "/*"));
        client.setAttributes(Map.of("post.logout.redirect.uris", "+"));
        return client;
    }

    private static void give(RealmResource realm, String scope) {
        String id = realm.clientScopes().findAll().stream()
                .filter(known -> scope.equals(known.getName()))
                .map(ClientScopeRepresentation::getId)
                .findFirst()
                .orElseThrow(() -> new DemoFailure("The set-up call made no client scope '" + scope + "'."));
        String client = realm.clients().findByClientId(OidcClient.ID).get(0).getId();
        realm.clients().get(client).addDefaultClientScope(id);
    }
}
