/** Every sentence that members and admins read, by language and room: one file for each room. */
import { ANOTHER as ANOTHER_DE } from "./de/another.js";
import { ASKING as ASKING_DE } from "./de/asking.js";
import { BALLOTS as BALLOTS_DE } from "./de/ballots.js";
import { CALIBRATION as CALIBRATION_DE } from "./de/calibration.js";
import { COMMANDS as COMMANDS_DE } from "./de/commands.js";
import { CONSENT as CONSENT_DE } from "./de/consent.js";
import { CONVERSATIONS as CONVERSATIONS_DE } from "./de/conversations.js";
import { DIRECTIVES as DIRECTIVES_DE } from "./de/directives.js";
import { DOCTOR as DOCTOR_DE } from "./de/doctor.js";
import { ENCLOSURES as ENCLOSURES_DE } from "./de/enclosures.js";
import { FAILURES as FAILURES_DE } from "./de/failures.js";
import { INTERACTIONS as INTERACTIONS_DE } from "./de/interactions.js";
import { MANNER as MANNER_DE } from "./de/manner.js";
import { MESSAGES as MESSAGES_DE } from "./de/messages.js";
import { PICTURES as PICTURES_DE } from "./de/pictures.js";
import { PLACES as PLACES_DE } from "./de/places.js";
import { PLAYGROUND as PLAYGROUND_DE } from "./de/playground.js";
import { PRIVACY as PRIVACY_DE } from "./de/privacy.js";
import { PROFILE as PROFILE_DE } from "./de/profile.js";
import { SETTINGS as SETTINGS_DE } from "./de/settings.js";
import { STATUS as STATUS_DE } from "./de/status.js";
import { TRAINING as TRAINING_DE } from "./de/training.js";
import { ANOTHER } from "./en/another.js";
import { ASKING } from "./en/asking.js";
import { BALLOTS } from "./en/ballots.js";
import { CALIBRATION } from "./en/calibration.js";
import { COMMANDS } from "./en/commands.js";
import { CONSENT } from "./en/consent.js";
import { CONVERSATIONS } from "./en/conversations.js";
import { DIRECTIVES } from "./en/directives.js";
import { DOCTOR } from "./en/doctor.js";
import { ENCLOSURES } from "./en/enclosures.js";
import { FAILURES } from "./en/failures.js";
import { INTERACTIONS } from "./en/interactions.js";
import { MANNER } from "./en/manner.js";
import { MESSAGES } from "./en/messages.js";
import { PICTURES } from "./en/pictures.js";
import { PLACES } from "./en/places.js";
import { PLAYGROUND } from "./en/playground.js";
import { PRIVACY } from "./en/privacy.js";
import { PROFILE } from "./en/profile.js";
import { SETTINGS } from "./en/settings.js";
import { STATUS } from "./en/status.js";
import { TRAINING } from "./en/training.js";
import { ANOTHER as ANOTHER_ES } from "./es/another.js";
import { ASKING as ASKING_ES } from "./es/asking.js";
import { BALLOTS as BALLOTS_ES } from "./es/ballots.js";
import { CALIBRATION as CALIBRATION_ES } from "./es/calibration.js";
import { COMMANDS as COMMANDS_ES } from "./es/commands.js";
import { CONSENT as CONSENT_ES } from "./es/consent.js";
import { CONVERSATIONS as CONVERSATIONS_ES } from "./es/conversations.js";
import { DIRECTIVES as DIRECTIVES_ES } from "./es/directives.js";
import { DOCTOR as DOCTOR_ES } from "./es/doctor.js";
import { ENCLOSURES as ENCLOSURES_ES } from "./es/enclosures.js";
import { FAILURES as FAILURES_ES } from "./es/failures.js";
import { INTERACTIONS as INTERACTIONS_ES } from "./es/interactions.js";
import { MANNER as MANNER_ES } from "./es/manner.js";
import { MESSAGES as MESSAGES_ES } from "./es/messages.js";
import { PICTURES as PICTURES_ES } from "./es/pictures.js";
import { PLACES as PLACES_ES } from "./es/places.js";
import { PLAYGROUND as PLAYGROUND_ES } from "./es/playground.js";
import { PRIVACY as PRIVACY_ES } from "./es/privacy.js";
import { PROFILE as PROFILE_ES } from "./es/profile.js";
import { SETTINGS as SETTINGS_ES } from "./es/settings.js";
import { STATUS as STATUS_ES } from "./es/status.js";
import { TRAINING as TRAINING_ES } from "./es/training.js";
import type { Language } from "./languages.js";
import type { Translated } from "./translated.js";

const ENGLISH = {
  another: ANOTHER,
  asking: ASKING,
  ballots: BALLOTS,
  calibration: CALIBRATION,
  commands: COMMANDS,
  consent: CONSENT,
  conversations: CONVERSATIONS,
  directives: DIRECTIVES,
  doctor: DOCTOR,
  enclosures: ENCLOSURES,
  failures: FAILURES,
  interactions: INTERACTIONS,
  manner: MANNER,
  messages: MESSAGES,
  pictures: PICTURES,
  places: PLACES,
  playground: PLAYGROUND,
  privacy: PRIVACY,
  profile: PROFILE,
  settings: SETTINGS,
  status: STATUS,
  training: TRAINING,
};

export type English = typeof ENGLISH;
export type Room = keyof English;

type Catalogue = { readonly [R in Room]: Translated<English[R]> };

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: ENGLISH,
  de: {
    another: ANOTHER_DE,
    asking: ASKING_DE,
    ballots: BALLOTS_DE,
    calibration: CALIBRATION_DE,
    commands: COMMANDS_DE,
    consent: CONSENT_DE,
    conversations: CONVERSATIONS_DE,
    directives: DIRECTIVES_DE,
    doctor: DOCTOR_DE,
    enclosures: ENCLOSURES_DE,
    failures: FAILURES_DE,
    interactions: INTERACTIONS_DE,
    manner: MANNER_DE,
    messages: MESSAGES_DE,
    pictures: PICTURES_DE,
    places: PLACES_DE,
    playground: PLAYGROUND_DE,
    privacy: PRIVACY_DE,
    profile: PROFILE_DE,
    settings: SETTINGS_DE,
    status: STATUS_DE,
    training: TRAINING_DE,
  },
  es: {
    another: ANOTHER_ES,
    asking: ASKING_ES,
    ballots: BALLOTS_ES,
    calibration: CALIBRATION_ES,
    commands: COMMANDS_ES,
    consent: CONSENT_ES,
    conversations: CONVERSATIONS_ES,
    directives: DIRECTIVES_ES,
    doctor: DOCTOR_ES,
    enclosures: ENCLOSURES_ES,
    failures: FAILURES_ES,
    interactions: INTERACTIONS_ES,
    manner: MANNER_ES,
    messages: MESSAGES_ES,
    pictures: PICTURES_ES,
    places: PLACES_ES,
    playground: PLAYGROUND_ES,
    privacy: PRIVACY_ES,
    profile: PROFILE_ES,
    settings: SETTINGS_ES,
    status: STATUS_ES,
    training: TRAINING_ES,
  },
};
