/** One condition in three languages: it asks the same of the same fields. */
export interface Equivalent {
  readonly seg: string;
  readonly cel: string;
  readonly cedar: string;
}

/** The fields that all three speak of. */
export const EQUIVALENT_MODEL = `default entity Customer from customers {
  id        : text key
  country   : text
  plan      : text
  email     : text
  age       : integer
  ltv       : integer
  points    : integer
  consent   : boolean
}
`;

/** The same fields for Cedar's validator. */
export const CEDAR_SCHEMA = `entity Customer;
action "join" appliesTo {
  principal: [Customer],
  resource: [Customer],
  context: { country: String, plan: String, email: String, age: Long, ltv: Long, points: Long, consent: Bool },
};`;

/** `count` conditions of some eight tests each; the numbers differ, so that nothing is found again. */
export function equivalents(count: number): readonly Equivalent[] {
  return Array.from({ length: count }, (_, i) => {
    const age = 18 + (i % 40);
    const points = (i * 7) % 500;
    const ltv = 100 + i;
    return {
      seg: `segment S${i} where ((country in ["EU", "US"] and age >= ${age}) or (email contains "@corp" and not (plan = "pro"))) and ltv + points * 2 > ${ltv} and points >= ${points} and consent`,
      cel: `((country in ["EU", "US"] && age >= ${age}) || (email.contains("@corp") && !(plan == "pro"))) && ltv + points * 2 > ${ltv} && points >= ${points} && consent`,
      cedar: `permit(principal, action, resource) when { ((["EU", "US"].contains(context.country) && context.age >= ${age}) || (context.email like "*@corp*" && !(context.plan == "pro"))) && context.ltv + context.points * 2 > ${ltv} && context.points >= ${points} && context.consent };`,
    };
  });
}
