/** What a constructor asks for where there is no class to ask by. */
export const RESOURCES = Symbol('Resources');
/** Every `Duty` of every part. */
export const DUTIES = Symbol('Duties');
