export { Actions, Button, LinkButton } from './button.tsx';
export { Checkbox, Checkboxes, Field, type Option, Radios, Select, TextArea } from './fields.tsx';
export { Card, Figure, Figures, type SummaryItem, SummaryList } from './figures.tsx';
export { Form, SearchForm } from './form.tsx';
export { Alert, EmptyState, FormTrouble, type Trouble } from './notices.tsx';
export { Shell } from './shell.tsx';
export { type Column, Table } from './table.tsx';
export { Pager, type Step, Steps } from './ways.tsx';
