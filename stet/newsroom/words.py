"""The words of the furniture, in the language of the page they stand on."""

from __future__ import annotations

from dataclasses import dataclass

SITE = "Calder Bay Courier"
SECTIONS = {
    "world": "World",
    "business": "Business",
    "science": "Science",
    "politik": "Politik",
    "wirtschaft": "Wirtschaft",
    "mundo": "Mundo",
    "ciencia": "Ciencia",
}
SERVICE_PAGES = {
    "/about/": "About us",
    "/newsletters/": "Newsletters",
    "/register/": "Register",
    "/sign-in/": "Sign in",
    "/standards/": "The Courier Charter",
    "/subscribe/": "Subscribe",
    "/terms/": "Terms of use",
    "/video/": "Video",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The furniture of one language. Names in braces are filled in when a page is rendered."""

    months: tuple[str, ...]
    date: str
    by: str
    also: str
    """The word before the last of several authors."""
    updated: tuple[str, ...]
    sign_in: str
    share: str
    save: str
    shares: str
    readers: str
    newsletters: tuple[tuple[str, str, str], ...]
    """Wordings of the newsletter box: heading, sentence, link."""
    register: tuple[str, ...]
    read_also: str
    read_next: str
    ago: tuple[str, ...]
    advertisement: str
    trust: str
    new_tab: str
    to_top: str
    consent: str
    accept: str
    settings: str
    paywall: tuple[str, str, str]
    rights: str
    quotes: str
    partner_headlines: tuple[str, ...]


WORDS = {
    "en": Words(
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        date="{month} {day}, {year}",
        by="By",
        also="and",
        updated=("Updated {n} minutes ago", "Updated {n} hours ago", "Last updated {n} min ago"),
        sign_in="Sign in",
        share="Share",
        save="Save",
        shares="{n} shares",
        readers="{n} people are reading this",
        newsletters=(
            (
                "Sign up for our newsletter",
                "The day’s top stories from the coast, in your inbox every morning.",
                "Register here",
            ),
            (
                "Stay up to date with the Courier’s newsletters",
                "Sign up to receive The Morning Tide every weekday.",
                "Sign up now",
            ),
            (
                "Get the Courier in your inbox",
                "Subscribe to our free newsletter, The Evening Ledger.",
                "Register by going here.",
            ),
        ),
        register=("Register here.", "Sign up here.", "Register now to read more."),
        read_also="Read also:",
        read_next="Read next",
        ago=("{n} min ago", "{n} hours ago"),
        advertisement="Advertisement · Scroll to continue",
        trust="Our Standards:",
        new_tab="opens new tab",
        to_top="Scroll to top",
        consent="We and our {n} partners store and access cookies on your device to show personalised ads.",
        accept="Accept all",
        settings="Manage settings",
        paywall=(
            "Subscribe to continue reading",
            "This article is for subscribers. Get unlimited access for $1 a week.",
            "Subscribe now",
        ),
        rights="All rights reserved.",
        quotes="All quotes delayed a minimum of 15 minutes.",
        partner_headlines=(
            "Ten kitchen knives that chefs swear by",
            "This small town pays you to move there",
            "How to plan a winter garden",
            "What your sleep says about you",
            "The quiet return of the night train",
            "Five islands without a single car",
        ),
    ),
    "de": Words(
        months=(
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ),
        date="{day}. {month} {year}",
        by="Von",
        also="und",
        updated=("Aktualisiert vor {n} Minuten", "Vor {n} Stunden aktualisiert", "Stand: vor {n} Min."),
        sign_in="Anmelden",
        share="Teilen",
        save="Merken",
        shares="{n} Mal geteilt",
        readers="{n} Personen lesen das gerade",
        newsletters=(
            (
                "Abonnieren Sie unseren Newsletter",
                "Das Wichtigste von der Küste, jeden Morgen in Ihrem Postfach.",
                "Hier anmelden",
            ),
            (
                "Nichts mehr verpassen",
                "Melden Sie sich für unseren kostenlosen Newsletter „Morgenflut“ an.",
                "Jetzt registrieren",
            ),
        ),
        register=("Hier registrieren.", "Jetzt kostenlos anmelden.", "Melden Sie sich hier an."),
        read_also="Lesen Sie auch:",
        read_next="Weiterlesen",
        ago=("vor {n} Min.", "vor {n} Stunden"),
        advertisement="Anzeige · Zum Weiterlesen scrollen",
        trust="Unsere Grundsätze:",
        new_tab="öffnet in neuem Tab",
        to_top="Nach oben",
        consent="Wir und unsere {n} Partner verwenden Cookies, um Ihnen passende Werbung zu zeigen.",
        accept="Alle akzeptieren",
        settings="Einstellungen",
        paywall=(
            "Weiterlesen mit Courier Plus",
            "Dieser Artikel ist unseren Abonnenten vorbehalten. Vier Wochen für 1 Euro testen.",
            "Jetzt abonnieren",
        ),
        rights="Alle Rechte vorbehalten.",
        quotes="Kurse mindestens 15 Minuten verzögert.",
        partner_headlines=(
            "Zehn Messer, auf die Köche schwören",
            "Diese Kleinstadt zahlt für Ihren Umzug",
            "So gelingt der Wintergarten",
            "Was Ihr Schlaf über Sie verrät",
            "Fünf Inseln ganz ohne Autos",
        ),
    ),
    "es": Words(
        months=(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        date="{day} de {month} de {year}",
        by="Por",
        also="y",
        updated=("Actualizado hace {n} minutos", "Actualizado hace {n} horas", "Última hora: hace {n} min"),
        sign_in="Iniciar sesión",
        share="Compartir",
        save="Guardar",
        shares="{n} veces compartido",
        readers="{n} personas están leyendo esto",
        newsletters=(
            (
                "Suscríbete a nuestro boletín",
                "Lo más importante de la costa, cada mañana en tu correo.",
                "Regístrate aquí",
            ),
            (
                "No te pierdas nada",
                "Recibe gratis nuestro boletín «La Marea» de lunes a viernes.",
                "Apúntate ahora",
            ),
        ),
        register=("Regístrate aquí.", "Inscríbete gratis.", "Regístrate para seguir leyendo."),
        read_also="Lee también:",
        read_next="Siga leyendo",
        ago=("hace {n} min", "hace {n} horas"),
        advertisement="Publicidad · Sigue bajando para leer",
        trust="Nuestros principios:",
        new_tab="se abre en una pestaña nueva",
        to_top="Volver arriba",
        consent="Nosotros y nuestros {n} socios usamos cookies para mostrarte publicidad personalizada.",
        accept="Aceptar todo",
        settings="Configurar",
        paywall=(
            "Suscríbete para seguir leyendo",
            "Este contenido es exclusivo para suscriptores. Accede a todo por 1 euro a la semana.",
            "Suscribirme",
        ),
        rights="Todos los derechos reservados.",
        quotes="Cotizaciones con 15 minutos de retraso como mínimo.",
        partner_headlines=(
            "Diez cuchillos que recomiendan los cocineros",
            "El pueblo que paga por mudarse",
            "Cómo preparar un jardín de invierno",
            "Lo que tu sueño dice de ti",
            "Cinco islas sin un solo coche",
        ),
    ),
}
