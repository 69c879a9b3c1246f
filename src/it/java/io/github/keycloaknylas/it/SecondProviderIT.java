package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.keycloaknylas.it.support.ExampleMailRealm;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderJar;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.support.mail.ExampleMail;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.server.TestUser;
import io.github.keycloaknylas.testkit.signin.SignIn;
import org.junit.jupiter.api.Test;

/** A jar adds a mail provider, and its users get grants as Microsoft's do. */
@FullBuildOnly("it starts a server with a jar of its own")
class SecondProviderIT {

    private static final TestConnection NYLAS = TestConnection.named("second-provider");
    private static final String ALIAS = "example";

    @Test
    void aSignInThroughOidcEndsInAGrantOfThatProvider() {
        ServerOptions options = NYLAS.addTo(TestEnvironment.options("second-provider"))
                .jar(ProviderJar.build("example-mail", MailProvider.class, ExampleMail.class))
                .build();
        try (KeycloakServer server = KeycloakServer.start(options);
                MicrosoftRealm realm = MicrosoftRealm.empty(server);
                ExampleMailRealm mail = ExampleMailRealm.of(server, ALIAS, realm.keycloak())) {
            TestEnvironment.NYLAS.provider(ExampleMail.NAME, mail);
            NYLAS.application().connector(ExampleMail.NAME, mail.client(), null, "postbox");
            realm.add(mail.oidc(ALIAS), NYLAS.mapper());
            realm.add(MicrosoftRealm.oidc("entra"), NYLAS.mapper());
            TestUser grace = TestUser.named("grace");
            mail.addUser(grace);
            Account ada = MicrosoftRealm.somebody();

            String userOfExample = SignIn.to(realm.keycloak())
                    .through(ALIAS)
                    .open()
                    .password(grace)
                    .tokens()
                    .userId();
            String userOfMicrosoft = realm.signIn("entra", ada).tokens().userId();

            String grantOfExample = realm.awaitGrantId(userOfExample);
            String grantOfMicrosoft = realm.awaitGrantId(userOfMicrosoft);
            assertThat(NYLAS.application().grants())
                    .extracting(Grant::id, Grant::provider)
                    .containsExactlyInAnyOrder(
                            tuple(grantOfExample, ExampleMail.NAME), tuple(grantOfMicrosoft, "microsoft"));
            assertThat(server.log())
                    .doesNotContain(
                            "Nylas grants, realm '" + realm.keycloak().name() + "', provider '" + ALIAS + "': ");
        }
    }
}
